"""The filters that an officer has kept under a name, and the letters that remind of them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Mandate


class Every(models.TextChoices):
    """How often a letter says that the report is there."""

    WEEK = "week", _("Every week, on Monday")
    MONTH = "month", _("Every month, on the first day")
    QUARTER = "quarter", _("Every quarter, on the first day")


class SavedView(models.Model):
    """A report by its filters, never by its rows: who opens it sees what their mandate covers."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    mandate = models.ForeignKey(Mandate, null=True, blank=True, on_delete=models.SET_NULL)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=500, blank=True)
    is_shared = models.BooleanField(
        _("Whoever has the link may open it"),
        default=False,
        help_text=_("Others need a mandate of their own, and see only what it covers."),
    )
    made_at = models.DateTimeField(editable=False)
    every = models.CharField(max_length=10, choices=Every, blank=True)
    is_paused = models.BooleanField(_("Paused: no letter for now"), default=False)
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name", "key"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "name",
                name="one_saved_view_of_a_name",
                violation_error_message=_("You have a report of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
