"""Practice: what was answered, folded from the log; and the round a learner is in."""

from typing import Any
from uuid import UUID

from django.db import models

from lrs.models import ProjectedRow


class PracticeAnswer(ProjectedRow):
    """The answer to one question in one round of practice. It counts for nothing."""

    natural_key_fields = ("registration", "round_key", "question_key")

    registration = models.UUIDField()
    round_key = models.UUIDField()
    question_key = models.UUIDField()
    response = models.TextField(
        blank=True, help_text="Keys joined by [,]; nothing of what is written."
    )
    success = models.BooleanField(null=True)
    scaled = models.FloatField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "registration", "round_key", "question_key", name="one_practice_answer_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.question_key}"


class PracticeRound(models.Model):
    """The round of an enrolment, begun last: its questions as drawn, and what was sent.

    An ordinary row: what was answered stands in the log. Another round takes its place.
    """

    registration = models.UUIDField(primary_key=True)
    key = models.UUIDField(unique=True)
    begun_at = models.DateTimeField()
    drawn = models.JSONField(help_text="Question key, revisions and option order.")
    given = models.JSONField(
        default=dict, help_text="The answers by question, as a form sent them."
    )

    def __str__(self) -> str:
        return f"{self.registration} {self.key}"

    @property
    def question_keys(self) -> list[UUID]:
        """The questions in the order of this round."""
        return [UUID(question["key"]) for question in self.drawn]

    def drawn_question(self, key: UUID) -> dict[str, Any] | None:
        """Return how a question was drawn, or None if it is not in this round."""
        return next((one for one in self.drawn if one["key"] == str(key)), None)
