"""The append-only log."""

from typing import ClassVar

from django.db import models


class Statement(models.Model):
    """One xAPI statement, stored exactly. The columns beside `body` only help to find it."""

    sequence = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    stored = models.DateTimeField()
    timestamp = models.DateTimeField()
    actor = models.UUIDField()
    verb = models.CharField(max_length=255)
    activity = models.CharField(max_length=255, help_text="Id of the object, or of the target.")
    activity_type = models.CharField(max_length=255, blank=True)
    registration = models.UUIDField(null=True)
    body = models.TextField(help_text="The statement as JSON.")

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index("registration", "stored", name="statement_registration"),
            models.Index("actor", "stored", name="statement_actor"),
            models.Index("verb", "stored", name="statement_verb"),
            models.Index("stored", "id", name="statement_stored"),
        ]

    def __str__(self) -> str:
        return f"{self.id}"


class Voided(models.Model):
    """A statement that was taken back; it may not have arrived yet (xAPI Data 2.3.2)."""

    target = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.target}"


class ProjectedRow(models.Model):
    """A row folded from the log: thrown away and made anew at will, never edited by hand.

    Each belongs to one registration, so that a void makes no more anew than that.
    """

    natural_key_fields: ClassVar[tuple[str, ...]]

    registration = models.UUIDField()

    class Meta:
        abstract = True
