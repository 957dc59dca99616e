"""Projections: rows folded from statements. They hold keys, never a foreign key to a page."""

from uuid import UUID

from django.db import models

from courses.models.belonging import NewestFirst, institution_then, profession_then
from lrs.models import ProjectedRow


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def active(self) -> "EnrolmentQuerySet":
        """Those that were not withdrawn from."""
        return self.filter(withdrawn_at=None)


class Enrolment(ProjectedRow):
    """One person's registration in one course. `registration` is the xAPI registration."""

    natural_key_fields = ("registration",)

    registration = models.UUIDField(primary_key=True)
    actor = models.UUIDField(null=True)
    course_key = models.UUIDField(null=True)
    edition = models.PositiveIntegerField(null=True)
    cohort_key = models.UUIDField(null=True)
    profession_key = models.CharField(max_length=50, blank=True)
    institution_key = models.UUIDField(null=True)
    function_key = models.CharField(max_length=50, blank=True)
    enrolled_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    last_activity_at = models.DateTimeField(null=True)
    completed_profession_key = models.CharField(max_length=50, blank=True)
    completed_institution_key = models.UUIDField(null=True)
    completed_function_key = models.CharField(max_length=50, blank=True)
    language = models.CharField(
        max_length=10, blank=True, help_text="In which the course was completed: en or sr."
    )
    minutes = models.PositiveIntegerField(null=True, help_text="Credited on completion.")
    result = models.FloatField(null=True, help_text="Score of the final test, 0 to 1.")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("actor", "course_key", name="enrolment_actor_course"),
            models.Index("course_key", "completed_at", name="enrolment_course_completed"),
            models.Index("cohort_key", name="enrolment_cohort"),
            models.Index("institution_key", name="enrolment_institution"),
            models.Index(institution_then(), profession_then(), name="enrolment_belongs"),
            NewestFirst(
                newest=["completed_at", "enrolled_at"],
                then="registration",
                name="enrolment_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}"

    @property
    def learner(self) -> UUID:
        """The opaque id of the person. Raises LookupError before `registered` was folded."""
        return _known(self.actor)

    @property
    def course(self) -> UUID:
        """The key of the course. Raises LookupError before `registered` was folded."""
        return _known(self.course_key)


def _known(key: UUID | None) -> UUID:
    if key is None:
        raise LookupError("this enrolment's registration has not been folded yet")
    return key


class ActivityProgress(ProjectedRow):
    """How far one enrolment has come in one activity."""

    natural_key_fields = ("registration", "activity_key")

    registration = models.UUIDField()
    activity_key = models.UUIDField()
    initialized_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    best_scaled = models.FloatField(null=True)
    touched_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("registration", "activity_key", name="one_progress_each")
        ]
        indexes = [models.Index("activity_key", "completed_at", name="progress_activity")]

    def __str__(self) -> str:
        return f"{self.registration} {self.activity_key}"


class ModuleProgress(ProjectedRow):
    """A module whose required activities are all done."""

    natural_key_fields = ("registration", "module_key")

    registration = models.UUIDField()
    module_key = models.UUIDField()
    satisfied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("registration", "module_key", name="one_module_each")
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.module_key}"


class SelfCheckAnswer(ProjectedRow):
    """The newest answer to a self-check in a lesson. It opens "Done"; it never counts."""

    natural_key_fields = ("registration", "activity_key", "block")

    registration = models.UUIDField()
    activity_key = models.UUIDField()
    block = models.CharField(max_length=36)
    newest = models.CharField(max_length=120, help_text="Time and chosen option.")

    class Meta:
        constraints = [
            models.UniqueConstraint("registration", "activity_key", "block", name="one_check_each")
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.block}"

    @property
    def choice(self) -> str:
        """The key of the option chosen last."""
        return self.newest.partition(" ")[2]
