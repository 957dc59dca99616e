"""What a reporting officer or a machine client may see."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.client import MachineClient
from people.models.institution import Institution, Profession


class Mandate(models.Model):
    """Institution subtrees × professions, between dates, with or without names."""

    name = models.CharField(_("name"), max_length=120)
    audience_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reporting officer"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mandates",
    )
    client = models.ForeignKey(
        MachineClient,
        verbose_name=_("machine client"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mandates",
    )
    institutions = models.ManyToManyField(Institution, verbose_name=_("institutions"))
    professions = models.ManyToManyField(Profession, verbose_name=_("professions"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    identified = models.BooleanField(
        _("identified"),
        default=False,
        help_text=_("Sees names, official e-mails and personnel numbers."),
    )
    exact_results = models.BooleanField(
        _("exact results"),
        default=False,
        help_text=_("Sees results in per cent, not only the ten per cent they lie in."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(holder=None, client__isnull=False)
                | models.Q(holder__isnull=False, client=None),
                name="mandate_of_person_or_client",
                violation_error_message=_(
                    "A mandate belongs to a reporting officer or to a machine client: to one."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name
