"""A file of a report that is made by a task and kept for some days."""

from django.db import models

from certificates.models.sheet import private_storage
from reports.models.disclosure import Disclosure


class Export(models.Model):
    """A file that is being made, is there, or was given up. `done` of `total` rows are in it.

    What it is, and for whom, stands in the disclosure, which stays when the file is thrown away.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        READY = "ready"
        CANCELLED = "cancelled"
        FAILED = "failed"

    disclosure = models.OneToOneField(
        Disclosure, on_delete=models.PROTECT, primary_key=True, related_name="export"
    )
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to="exports", storage=private_storage, blank=True)

    def __str__(self) -> str:
        return f"{self.disclosure}: {self.done} of {self.total}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY
