"""What clients keep here beside statements: documents and attachments."""

from django.db import models
from django.db.models import Q


class Document(models.Model):
    """One document of the State, Activity Profile or Agent Profile Resource.

    Source: xAPI 1.0.3 Communication 2.2, IEEE 9274.1.1 4.1.6.
    """

    class Kind(models.TextChoices):
        STATE = "state"
        ACTIVITY = "activity"
        AGENT = "agent"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    activity = models.BigIntegerField(default=0, help_text="Key of the activity; 0 for none.")
    agent = models.BigIntegerField(default=0, help_text="Key of the agent; 0 for none.")
    registration = models.CharField(max_length=36, blank=True)
    name = models.TextField(help_text="stateId or profileId")
    content = models.BinaryField()
    content_type = models.TextField()
    etag = models.CharField(max_length=40, help_text="SHA-1 of the content.")
    updated = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "activity", "agent", "registration", "name"],
                name="document_once",
            ),
        ]
        indexes = [
            models.Index("agent", name="document_agent", condition=~Q(agent=0)),
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """The bytes of an attachment, once for all statements that carry them."""

    sha2 = models.CharField(primary_key=True, max_length=128)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha2
