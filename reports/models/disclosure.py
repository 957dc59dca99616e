"""That somebody was given data about others: who, when, what, for what."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import MachineClient, Mandate
from reports.models.scope import Scope


class Purpose(models.TextChoices):
    """For what somebody takes data about others."""

    RECORDS = "records", _("Training records of the institution")
    PLANNING = "planning", _("Planning of further training")
    SUPERVISION = "supervision", _("Supervision, or a report to a higher authority")
    STATISTICS = "statistics", _("Statistics or research")
    REQUEST = "request", _("Answer to a lawful request")
    OTHER = "other", _("Something else")


class Kind(models.TextChoices):
    """What was given: a file of a format, a snapshot, or rows over the API."""

    XLSX = "xlsx", _("Excel workbook (XLSX), with the data dictionary")
    CSV_ZIP = "csv-zip", _("CSV with the data dictionary (ZIP)")
    CSV = "csv", _("CSV alone")
    JSONL_ZIP = "jsonl-zip", _("JSON Lines with the data dictionary (ZIP)")
    PDF = "pdf", _("Summary as a sealed PDF: figures, no names")
    SNAPSHOT = "snapshot", _("Frozen snapshot: person keys, no names")
    COVERAGE = "coverage", _("Coverage: who is obliged, by name (XLSX or CSV)")
    API = "api", _("Report over the API")
    FEED = "feed", _("Feed of changes over the API")


class Disclosure(models.Model):
    """One file, or what a machine client pulled on one day. It stays when the file is gone.

    `audience` is what person keys were made with for this reader, `scope` what the mandate covered;
    both are kept, since a mandate can be changed. Those who were in a file are in `Included`. Of a
    machine's `day` only sums are kept, each scope and purpose apart; who was in its answers follows
    from the scope. A snapshot is written down when it is ready, for whoever opens it later;
    its `sha256` is that of the manifest, which holds those of its rows.
    """

    class Outcome(models.TextChoices):
        MAKING = "making", pgettext_lazy("what became of a file", "being made")
        MADE = "made", pgettext_lazy("what became of a file", "made, not fetched")
        SENDING = "sending", pgettext_lazy("what became of a file", "sent, end unknown")
        SENT = "sent", pgettext_lazy("what became of a file", "sent whole")
        BROKEN = "broken", pgettext_lazy("what became of a file", "broken off while sent")
        KEPT = (
            "kept",
            pgettext_lazy("what became of a file", "kept, open to whoever holds the mandate"),
        )
        GIVEN_UP = "given up", pgettext_lazy("what became of a file", "given up")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    client = models.ForeignKey(
        MachineClient, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    client_name = models.CharField(max_length=120, blank=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.SET_NULL, null=True, related_name="+")
    mandate_name = models.CharField(max_length=120)
    audience = models.UUIDField(db_index=True)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    language = models.CharField(max_length=10, blank=True)
    filters = models.TextField(blank=True)
    as_of = models.DateTimeField(null=True)
    identified = models.BooleanField()
    exact_results = models.BooleanField()
    purpose = models.CharField(max_length=12, choices=Purpose, blank=True)
    purpose_words = models.CharField(max_length=300, blank=True)
    rows = models.PositiveBigIntegerField(null=True)
    persons = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    ended_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "key"]
        constraints = [
            models.UniqueConstraint(
                "client",
                "mandate",
                "day",
                "scope",
                "kind",
                "purpose",
                condition=models.Q(day__isnull=False),
                name="one_sum_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}: {self.mandate_name}"


class Included(models.Model):
    """Some thousand of those who were in a file: the reader's keys of them, sorted, one by one.

    A key is 24 letters in the file and 12 bytes here. `first` and `last` find the row to look in.
    """

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="included")
    first = models.CharField(max_length=24)
    last = models.CharField(max_length=24)
    keys = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.disclosure_id}: {self.first} to {self.last}"
