"""A report that was frozen: what was asked for, how far it is, and the file."""

import uuid

from django.conf import settings
from django.db import models

from certificates.models.sheet import private_storage
from people.models import Mandate
from reports.models.disclosure import Purpose
from reports.models.scope import Scope


class Snapshot(models.Model):
    """A report that is being frozen, is kept, or was given up. `done` of `total` rows are in it.

    All that decides what stands in it is kept here: who may be in it (`scope`), the filters, the
    moment, the columns and the definition of the row; so that it can be made again from the log.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        READY = "ready"
        CANCELLED = "cancelled"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    mandate = models.ForeignKey(Mandate, null=True, on_delete=models.SET_NULL)
    mandate_name = models.CharField(max_length=120)
    audience_key = models.UUIDField(help_text="From which its person keys are derived.")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT)
    filters = models.JSONField(help_text="As in the address of the report, without the moment.")
    as_of = models.DateTimeField()
    columns = models.JSONField(default=list)
    definition = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, help_text="Of the summary.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    purpose = models.CharField(max_length=12, choices=Purpose, blank=True)
    purpose_words = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="snapshots", storage=private_storage, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    summary_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(
                "mandate", condition=models.Q(state="running"), name="one_running_snapshot"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.key})"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY
