"""Remember where somebody stopped reading, so that another device opens there."""

from datetime import datetime
from uuid import UUID

from courses.models import Enrolment, StudyPlace


def save_place(
    *,
    enrolment: Enrolment,
    activity_key: UUID,
    position: int,
    video: dict[str, float],
    version: int,
    at: datetime,
) -> bool:
    """Keep the place (per mille of the page, second by video) unless a newer one is known.

    Returns False if the version is stale: an old tab must not overwrite what a new one saved.
    """
    values = {
        "position": max(0, min(1000, position)),
        "video": video,
        "version": version,
        "updated_at": at,
    }
    where = {"registration": enrolment.registration, "activity_key": activity_key}
    place, created = StudyPlace.objects.get_or_create(**where, defaults=values)
    if created:
        return True
    newer = StudyPlace.objects.filter(pk=place.pk, version__lt=version)
    return newer.update(**values) == 1


def place_in(*, enrolment: Enrolment, activity_key: UUID) -> StudyPlace | None:
    """Return where the learner stopped in this activity."""
    return StudyPlace.objects.filter(
        registration=enrolment.registration, activity_key=activity_key
    ).first()
