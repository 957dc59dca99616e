"""What this room keeps about a person: handed over on request, forgotten on request."""

from typing import Any
from uuid import UUID

from courses.models import ActivityProgress, Enrolment, SelfCheckAnswer, StudyPlace
from people.models import User

_ENROLMENT = (
    "registration",
    "course_key",
    "edition",
    "cohort_key",
    "enrolled_at",
    "started_at",
    "completed_at",
    "withdrawn_at",
    "language",
    "minutes",
    "result",
)
_PROGRESS = ("activity_key", "initialized_at", "completed_at", "best_scaled")
_CHECK = ("activity_key", "block", "newest")
_PLACE = ("activity_key", "position", "video", "updated_at")


def registrations_of(actor: UUID) -> list[UUID]:
    """Return the registrations under an opaque id, also those that were withdrawn from."""
    enrolments = Enrolment.objects.filter(actor=actor).order_by("enrolled_at")
    return list(enrolments.values_list("registration", flat=True))


def collect(user: User, actor: UUID) -> list[dict[str, Any]]:
    """Return the person's enrolments with progress, self-checks and places."""
    enrolments = Enrolment.objects.filter(actor=actor).order_by("enrolled_at")
    return [row | _study(row["registration"]) for row in enrolments.values(*_ENROLMENT)]


def forget(user: User, actor: UUID) -> None:
    """Forget where the person stopped reading, and which cohorts the person tutored."""
    StudyPlace.objects.filter(registration__in=registrations_of(actor)).delete()
    user.cohorts.clear()


def _study(registration: UUID) -> dict[str, Any]:
    return {
        "activities": list(
            ActivityProgress.objects.filter(registration=registration).values(*_PROGRESS)
        ),
        "self-checks": list(
            SelfCheckAnswer.objects.filter(registration=registration).values(*_CHECK)
        ),
        "places": list(StudyPlace.objects.filter(registration=registration).values(*_PLACE)),
    }
