"""Attempts and responses, folded from the log, with what was granted and how it was graded."""

from typing import Any
from uuid import UUID

from django.db import models

from assessments.kinds import JOIN
from assessments.models.roles import Form
from assessments.models.sitting import Confidence, Counting, Feedback, Navigation
from lrs.models import ProjectedRow


class Attempt(ProjectedRow):
    """One attempt at a quiz: what was drawn, and the verdict."""

    natural_key_fields = ("registration", "quiz_key", "number")

    registration = models.UUIDField()
    quiz_key = models.UUIDField()
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField(null=True)
    drawn = models.JSONField(default=list, help_text="Question key, revision and option order.")
    sections = models.JSONField(default=list, help_text="Key, and words in each language.")
    form = models.CharField(max_length=1, blank=True, choices=Form)
    pre_test_key = models.UUIDField(null=True, help_text="Of the quiz it is compared with.")
    pass_mark = models.PositiveSmallIntegerField(default=0)
    mastery = models.PositiveSmallIntegerField(null=True, help_text="Of each objective, per cent.")
    counting = models.CharField(max_length=10, default=Counting.HIGHEST)
    feedback = models.CharField(max_length=10, default=Feedback.DEFERRED)
    navigation = models.CharField(max_length=10, default=Navigation.FREE)
    asks_confidence = models.BooleanField(default=False)
    time_limit = models.PositiveIntegerField(null=True, help_text="In minutes, for everybody.")
    deadline = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    passed = models.BooleanField(null=True)
    raw = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    short = models.JSONField(default=list, help_text="Keys of the objectives not mastered.")
    generation = models.PositiveSmallIntegerField(default=1, help_text="Of the verdict.")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("registration", "quiz_key", "number", name="one_attempt_each")
        ]
        indexes = [
            models.Index("quiz_key", "finished_at", name="attempt_quiz"),
            models.Index(
                "pre_test_key",
                condition=models.Q(pre_test_key__isnull=False),
                name="attempt_pre_test",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.quiz_key} #{self.number}"

    @property
    def decides(self) -> bool:
        """Whether it can be passed or failed: a test before has no pass mark."""
        return self.pass_mark > 0

    @property
    def is_sequential(self) -> bool:
        """Whether one question comes after the other, and none again."""
        return self.navigation == Navigation.SEQUENTIAL

    @property
    def is_waiting(self) -> bool:
        """Whether it was submitted, and people still have to grade a part of it."""
        return self.finished_at is not None and self.passed is None

    @property
    def scaled(self) -> float | None:
        """The score, 0 to 1; None until there is a verdict."""
        if self.raw is None or self.passed is None:
            return None
        return self.raw / self.maximum if self.maximum else 0.0

    @property
    def question_keys(self) -> list[UUID]:
        """The drawn questions in the order of this attempt."""
        return [UUID(question["key"]) for question in self.drawn]

    def drawn_question(self, key: UUID) -> dict[str, Any] | None:
        """Return how a question was drawn, or None if it is not in this attempt."""
        return next((q for q in self.drawn if q["key"] == str(key)), None)


class Response(ProjectedRow):
    """The answer to one question in one attempt."""

    natural_key_fields = ("registration", "quiz_key", "number", "question_key")

    registration = models.UUIDField()
    quiz_key = models.UUIDField()
    number = models.PositiveIntegerField()
    question_key = models.UUIDField()
    response = models.TextField(blank=True, help_text="As in the statement: keys joined by [,].")
    success = models.BooleanField(null=True)
    scaled = models.FloatField(null=True)
    answered_at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True, help_text="How long it took, where that is known.")
    confidence = models.PositiveSmallIntegerField(null=True, choices=Confidence)
    writing = models.UUIDField(null=True, help_text="The learner's own words, if there are any.")
    graders = models.PositiveSmallIntegerField(default=0, help_text="How many people grade it.")
    revision = models.PositiveIntegerField(null=True, help_text="The key it was scored by.")
    generation = models.PositiveSmallIntegerField(default=1, help_text="1, and one more each time.")
    remark = models.UUIDField(null=True, help_text="Why it was scored anew, if it was.")
    overridden = models.BooleanField(default=False, help_text="A person gave the score.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "registration", "quiz_key", "number", "question_key", name="one_response_each"
            )
        ]
        indexes = [
            models.Index("question_key", name="response_question"),
            models.Index(
                "quiz_key",
                "answered_at",
                condition=models.Q(graders__gt=0, scaled=None),
                name="response_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.question_key}"

    @property
    def is_waiting(self) -> bool:
        """Whether people still have to grade it."""
        return self.graders > 0 and self.scaled is None

    @property
    def answer(self) -> list[str]:
        """What was chosen: keys of parts, or pairs of them. What was written stands elsewhere."""
        return [one for one in self.response.split(JOIN) if one]


class Mark(ProjectedRow):
    """What one person gave a long answer; `round` tells the first, the second and the third."""

    natural_key_fields = ("registration", "writing", "round")

    registration = models.UUIDField()
    writing = models.UUIDField()
    round = models.PositiveSmallIntegerField()
    grader = models.UUIDField(null=True)
    points = models.JSONField(default=dict, help_text="By the key of the criterion.")
    scaled = models.FloatField(default=0.0)
    remark = models.UUIDField(null=True, help_text="The grader's words, if there are any.")
    marked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint("registration", "writing", "round", name="one_mark_each")
        ]
        indexes = [models.Index("writing", name="mark_writing")]

    def __str__(self) -> str:
        return f"{self.writing} {self.round}: {self.scaled}"


class AttemptGrant(ProjectedRow):
    """One more attempt, granted by a trainer for a reason."""

    natural_key_fields = ("registration", "quiz_key", "reason_key")

    registration = models.UUIDField()
    quiz_key = models.UUIDField()
    reason_key = models.UUIDField()
    granted_by = models.UUIDField(null=True)
    granted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("registration", "quiz_key", "reason_key", name="one_grant_each")
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.reason_key}"


class ExtraTime(ProjectedRow):
    """So much more time for a learner, given by a trainer for a reason. What came last holds."""

    natural_key_fields = ("registration", "reason_key")

    registration = models.UUIDField()
    reason_key = models.UUIDField()
    percent = models.PositiveSmallIntegerField(default=0)
    granted_by = models.UUIDField(null=True)
    granted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("registration", "reason_key", name="one_extra_time_each")
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.percent} %"
