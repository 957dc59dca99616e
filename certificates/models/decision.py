"""Why a certificate was corrected or revoked, in words: they never enter the log."""

import hashlib
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Reasons that anybody who verifies may read: they say nothing about a person."""

    NAME = "name", _("A name was corrected.")
    FACT = "fact", _("A fact on the paper was corrected.")
    ERROR = "error", _("It was issued in error.")
    RESULT = "result", _("The result it rests on was taken back.")
    OTHER = "other", _("Another reason.")


class Decision(models.Model):
    """Why a certificate was revoked, or was issued in place of another: one, once.

    The log cites the words by key and hash.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    certificate = models.UUIDField(unique=True)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    by = models.UUIDField(help_text="The opaque id of whoever decided.")
    text = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def facts(self) -> dict[str, str]:
        """How a statement cites it."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return {
            "reason": self.reason,
            "by": str(self.by),
            "words": str(self.key),
            "words-sha256": digest,
        }
