"""What stands in a snapshot as keys, in words of today."""

from collections.abc import Iterable
from uuid import UUID

from people.models import Profession
from reports.filters import described, read_filters
from reports.models import Snapshot
from reports.titles import titles_of


def filters_of(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return the name and the value of each filter; as in the address if the mandate is gone."""
    if snapshot.mandate is None:
        return [(name, str(value)) for name, value in snapshot.filters.items()]
    return described(read_filters(snapshot.filters), snapshot.mandate)


def course_titles(keys: Iterable[str]) -> dict[str, str]:
    """Return the titles of courses by key."""
    return {str(key): title for key, title in titles_of(map(UUID, keys)).items()}


def profession_names(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of professions by key."""
    return {one.key: one.name for one in Profession.objects.filter(key__in=list(keys))}
