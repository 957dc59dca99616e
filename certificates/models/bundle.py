"""The certificates of a cohort, gathered into one file."""

import uuid

from django.conf import settings
from django.db import models

from certificates.models.sheet import private_storage


class Bundle(models.Model):
    """A ZIP that is being filled, is there, or was given up. `done` of `total` are in it."""

    class State(models.TextChoices):
        RUNNING = "running"
        READY = "ready"
        CANCELLED = "cancelled"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort_key = models.UUIDField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="bundles", storage=private_storage, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "cohort_key",
                "by",
                condition=models.Q(state="running"),
                name="one_running_bundle",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cohort_key}: {self.done} of {self.total}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY
