"""What this room keeps about a person: handed over on request, forgotten on request."""

from typing import Any
from uuid import UUID

from django.core.files.storage import storages
from django.db.models import QuerySet
from django_tasks import task

from certificates.bundles.filling import throw_away
from certificates.models import Bundle, Sheet
from courses.models import Enrolment
from people.models import User

_SHEET = (
    "serial",
    "code",
    "name_cyrillic",
    "name_latin",
    "course_title_en",
    "edition",
    "minutes",
    "certificate_class",
    "score_band",
    "completed_on",
    "valid_until",
    "renewed_on",
    "refresher_title_en",
    "issued_at",
    "sha256",
)

# What says who it was.
_NAMED = (
    "name_cyrillic",
    "name_latin",
    "name_folded",
    "file",
    "credential",
    "badge",
    "share_token",
)


def collect(user: User, actor: UUID) -> list[dict[str, Any]]:
    """Return every field of the person's certificates."""
    return list(_sheets(actor).order_by("issued_at").values(*_SHEET))


def forget(user: User, actor: UUID) -> None:
    """Take the name off the person's certificates; code and fingerprint can still be checked.

    The file carries the name, so it goes too: by a task, once the erasure stands. A sheet that is
    being drawn at this moment is nobody's any more, and whoever draws it finds it gone.
    """
    sheets = _sheets(actor)
    for name in sheets.exclude(file="").values_list("file", flat=True):
        shred.enqueue(name)
    cohorts = Enrolment.objects.filter(actor=actor, cohort_key__isnull=False).values("cohort_key")
    for bundle in Bundle.objects.filter(cohort_key__in=cohorts):
        throw_away.enqueue(str(bundle.key))
    sheets.filter(sha256="").delete()
    sheets.update(**dict.fromkeys(_NAMED, ""))


@task()
def shred(name: str) -> None:
    """Delete a private file; one that is gone already is fine."""
    storages["private"].delete(name)


def _sheets(actor: UUID) -> QuerySet[Sheet]:
    own = Enrolment.objects.filter(actor=actor)
    return Sheet.objects.filter(registration__in=own.values("registration"))
