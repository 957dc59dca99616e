"""What somebody may see: the enrolments within a mandate, and no other."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.lookups import In
from django.utils import timezone

from courses.models import Enrolment
from courses.models.belonging import institution_then, profession_then
from people.mandates import institution_keys, profession_keys
from people.models import MachineClient, Mandate


def enrolments_within(mandate: Mandate) -> QuerySet[Enrolment]:
    """Return the enrolments of people who belonged to the mandate when they enrolled.

    The institution at completion counts once there is one: completions do not move when a person
    does. A mandate without institutions, or without professions, sees nobody.
    """
    return Enrolment.objects.filter(of(institution_keys(mandate), profession_keys(mandate)))


def of(institutions: Iterable[UUID], professions: Iterable[str]) -> Q:
    """Return the condition that an enrolment belongs to these institutions and professions."""
    return at_any(institutions) & as_any(professions)


def at_any(institutions: Iterable[UUID]) -> Q:
    """Return the condition that an enrolment belongs to one of these institutions."""
    return Q(In(institution_then(), sorted(institutions)))


def as_any(professions: Iterable[str]) -> Q:
    """Return the condition that an enrolment belongs to one of these professions."""
    return Q(In(profession_then(), sorted(professions)))


def is_valid(mandate: Mandate, at: datetime) -> bool:
    """Return whether the mandate holds on the day of `at`."""
    day = timezone.localdate(at)
    return mandate.valid_from <= day and (mandate.valid_to is None or day <= mandate.valid_to)


def mandate_today(*, client: MachineClient, at: datetime) -> Mandate | None:
    """Return the mandate of a client that holds on the day of `at`."""
    return next((one for one in Mandate.objects.filter(client=client) if is_valid(one, at)), None)


def audience_of(mandate: Mandate) -> UUID:
    """Return the key from which this reader's person keys are derived: each reader has others."""
    key: UUID = mandate.audience_key
    return key
