"""What this room keeps about a person: handed over on request, forgotten on request."""

from typing import Any
from uuid import UUID

from django.core.files.storage import storages
from django.db.models import QuerySet
from django_tasks import task

from certificates.models import Certificate, Sheet
from people.models import User

_SHEET = (
    "serial",
    "code",
    "name_cyrillic",
    "name_latin",
    "course_title_en",
    "edition",
    "minutes",
    "completed_on",
    "issued_at",
    "sha256",
)


def collect(user: User, actor: UUID) -> list[dict[str, Any]]:
    """Return every field of the person's certificates."""
    return list(_sheets(actor).order_by("issued_at").values(*_SHEET))


def forget(user: User, actor: UUID) -> None:
    """Take the name off the person's certificates; code and fingerprint can still be checked.

    The file carries the name, so it goes too: by a task, once the erasure stands.
    """
    for name in _sheets(actor).exclude(file="").values_list("file", flat=True):
        shred.enqueue(name)
    _sheets(actor).update(name_cyrillic="", name_latin="", file="")


@task()
def shred(name: str) -> None:
    """Delete a private file; one that is gone already is fine."""
    storages["private"].delete(name)


def _sheets(actor: UUID) -> QuerySet[Sheet]:
    return Sheet.objects.filter(key__in=Certificate.objects.filter(actor=actor).values("key"))
