"""Ordinary rows beside the log: drafts, and words of people that statements cite by hash."""

import uuid
from hashlib import sha256

from django.db import models

from assessments.models.sitting import Confidence


class GrantReason(models.Model):
    """A trainer's words. The log cites them by key and hash."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    text = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:80]


class Remark(models.Model):
    """A trainer's words on an answer or a score. The log cites them by key and hash."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    registration = models.UUIDField(
        db_index=True, null=True, help_text="Empty where it concerns more than one learner."
    )
    text = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def facts(self) -> dict[str, str]:
        """How a statement cites it."""
        digest = sha256(self.text.encode()).hexdigest()
        return {"remark": str(self.key), "remark-sha256": digest}


class Writing(models.Model):
    """A learner's own words in answer to a question. The log cites them by key and hash."""

    key = models.UUIDField(primary_key=True)
    registration = models.UUIDField(db_index=True)
    answer = models.JSONField(help_text="As a form sent it.")
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key}"


class DraftAnswer(models.Model):
    """What is chosen but not yet submitted. The version keeps a stale tab from overwriting."""

    registration = models.UUIDField()
    quiz_key = models.UUIDField()
    number = models.PositiveIntegerField()
    question_key = models.UUIDField()
    choices = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    flagged = models.BooleanField(default=False, help_text="To be looked at again.")
    confidence = models.PositiveSmallIntegerField(null=True, choices=Confidence)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "registration", "quiz_key", "number", "question_key", name="one_draft_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.question_key} v{self.version}"


class KeyDecision(models.Model):
    """What was decided about answers that were scored by an earlier key of a question."""

    question_key = models.UUIDField(db_index=True)
    revision = models.PositiveIntegerField(help_text="The question as it was then published.")
    keeps = models.BooleanField(help_text="Results stay as they are; else they are scored anew.")
    remark = models.UUIDField()
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.question_key} {self.decided_at}"
