"""Whom to tell that there is news, and how it went."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import MachineClient


class Webhook(models.Model):
    """An address of a machine client. Secrets are kept encrypted (`lrs.forwarding.sealing`).

    `epoch`, `transaction` and `sequence` are the place in the feed up to which the client was
    hinted at. `tried_at` is moved before each try, so that of several workers one tries, and at
    most once a minute. `message` is the hint that has not arrived: it keeps its id.
    """

    client = models.OneToOneField(
        MachineClient,
        verbose_name=_("machine client"),
        on_delete=models.CASCADE,
        related_name="webhook",
    )
    endpoint = models.CharField(_("address"), max_length=500)
    secret = models.TextField()
    old_secret = models.TextField(blank=True)
    old_secret_until = models.DateTimeField(null=True)
    is_active = models.BooleanField(_("active"), default=True)

    epoch = models.UUIDField(null=True)
    transaction = models.BigIntegerField(default=0)
    sequence = models.BigIntegerField(default=0)

    message = models.UUIDField(null=True)
    tried_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(_("last hint"), null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["client__name"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return str(self.client)


class Hint(models.Model):
    """One try to tell a client: what was answered, or why nobody answered."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="hints")
    message = models.UUIDField()
    at = models.DateTimeField()
    is_test = models.BooleanField(default=False)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.TextField(blank=True)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.webhook}: {self.status or self.problem}"
