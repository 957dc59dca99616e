"""To which other record stores the log is forwarded, and what they would not take."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xapi.data import V1, V2


class Forwarding(models.Model):
    """An external record store: what it is sent, how far, and why not further.

    `epoch`, `transaction` and `sequence` are its place in `lrs.feed`. `lease` belongs to the one
    worker that delivers at this moment; whoever changes the place from outside takes it away.
    """

    class Version(models.TextChoices):
        """Which xAPI the other store speaks."""

        V1 = V1, "xAPI 1.0.3"
        V2 = V2, "xAPI 2.0"

    name = models.CharField(_("name"), max_length=100)
    endpoint = models.CharField(_("endpoint"), max_length=500)
    username = models.CharField(_("user name or key"), max_length=255)
    secret = models.TextField(help_text="Encrypted: see lrs.forwarding.sealing.")
    version = models.CharField(
        _("version"), max_length=8, choices=Version.choices, default=Version.V1
    )
    verbs = models.JSONField(default=list, blank=True)
    only_ours = models.BooleanField(_("only what this site recorded"), default=True)
    since = models.DateTimeField(_("from which moment"), null=True, blank=True)
    is_active = models.BooleanField(default=True)

    epoch = models.UUIDField(null=True)
    transaction = models.BigIntegerField(default=0)
    sequence = models.BigIntegerField(default=0)

    delivered_through = models.DateTimeField(null=True)
    last_success = models.DateTimeField(null=True)
    paused_reason = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)

    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("forwarding")
        verbose_name_plural = _("Forwarding")

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """A statement that the feed has passed, but that is not delivered.

    With `next_try` it is tried again by itself, or waits behind an earlier one of its learner;
    without, it is a dead letter: nobody tries it unless somebody sends it again.
    """

    forwarding = models.ForeignKey(Forwarding, on_delete=models.CASCADE, related_name="letters")
    sequence = models.BigIntegerField()
    statement = models.UUIDField()
    learner = models.BigIntegerField(help_text="Key of the learner; 0 for nobody.")
    reason = models.TextField(blank=True)
    tries = models.PositiveIntegerField(default=0)
    last_try = models.DateTimeField(null=True)
    next_try = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["forwarding", "sequence"], name="letter_once"),
        ]
        indexes = [
            models.Index(
                "forwarding", "learner", name="letter_alive", condition=Q(next_try__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}"
