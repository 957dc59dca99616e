"""That a completion row is otherwise than before."""

from django.db import models

from lrs.models import Alongside


class Change(models.TextChoices):
    """What happened to a row, in the order of weight: of several at once the first is told."""

    PSEUDONYMISED = "pseudonymised"
    REVOKED = "revoked"
    CORRECTED = "corrected"
    RENEWED = "renewed"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    CERTIFIED = "certified"
    NEW = "new"
    TESTED = "tested"
    STARTED = "started"
    CHANGED = "changed"


class CompletionChange(Alongside):
    """A change with a position: written with what changed the row, and never touched again.

    `was_institution` and `was_profession` are those of the row before, where they are others now:
    the reader who could see it then is told that it is gone. Without a statement nothing was
    recorded: somebody was erased, or projections were repaired.
    """

    registration = models.UUIDField()
    change = models.CharField(max_length=20, choices=Change.choices)
    statement = models.UUIDField(null=True)
    was_institution = models.UUIDField(null=True)
    was_profession = models.CharField(max_length=50, blank=True)

    class Meta(Alongside.Meta):
        indexes = [
            *Alongside.Meta.indexes,
            # To find which change told of a statement that was taken back.
            models.Index(
                "statement",
                name="%(class)s_statement",
                condition=models.Q(statement__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.registration} {self.change}"
