"""Read a mandate."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from people.models import Institution, Mandate, User


def mandates_of(*, user: User, at: datetime) -> list[Mandate]:
    """Return the person's mandates that hold on the day of `at`."""
    day = timezone.localdate(at)
    valid = Q(valid_to=None) | Q(valid_to__gte=day)
    return list(Mandate.objects.filter(valid, holder=user, valid_from__lte=day))


def institution_keys(mandate: Mandate) -> set[UUID]:
    """Return the keys of every institution in the mandate's subtrees."""
    subtrees = Q()
    for path in mandate.institutions.values_list("path", flat=True):
        subtrees |= Q(path__startswith=path)
    if not subtrees:
        return set()
    return set(Institution.objects.filter(subtrees).values_list("key", flat=True))


def profession_keys(mandate: Mandate) -> set[str]:
    """Return the keys of the mandate's professions."""
    return set(mandate.professions.values_list("key", flat=True))
