"""Who of a list has an account: looked for among the people of the mandate, and nowhere else.

Whoever is outside the mandate is found as little as somebody without an account, so that nobody
learns by uploading who has one.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from people.mandates import institution_keys, profession_keys
from people.models import Mandate, User
from reports.models import ObligedPerson, ObligedUpload


@dataclass(frozen=True)
class Account:
    """What the list is compared with, and where the person is now."""

    actor: UUID
    address: str
    personnel_number: str
    institution: UUID
    profession: str


def people_within(mandate: Mandate) -> QuerySet[User]:
    """Return the people who now belong to the institutions and professions of a mandate."""
    return User.objects.filter(
        institution__key__in=institution_keys(mandate),
        profession__key__in=profession_keys(mandate),
    )


def looked_for(upload: ObligedUpload, mandate: Mandate) -> QuerySet[User]:
    """Return the people within the mandate who may be meant by a line of the list."""
    lines = ObligedPerson.objects.filter(upload=upload, is_erased=False)
    numbers = lines.exclude(personnel_number="").values("personnel_number")
    addresses = lines.exclude(email="").values("email")
    return (
        people_within(mandate)
        .annotate(address=Lower("email"))
        .filter(Q(address__in=addresses) | Q(personnel_number__in=numbers))
    )


def accounts_of(
    people: list[ObligedPerson], *, upload: ObligedUpload, mandate: Mandate
) -> dict[int, Account]:
    """Return the account of each person on the list that has one, by the key of the line.

    By the official e-mail; or else by the personnel number together with the institution. A fixed
    number of queries.
    """
    rows = looked_for(upload, mandate).exclude(actor=None)
    found = rows.values_list(
        "actor__id", Lower("email"), "personnel_number", "institution__key", "profession__key"
    )
    by_address: dict[str, Account] = {}
    by_number: dict[tuple[str, UUID], Account] = {}
    for row in found:
        account = Account(*row)
        by_address[account.address] = account
        if account.personnel_number:
            by_number[account.personnel_number, account.institution] = account
    matched: dict[int, Account] = {}
    for person in people:
        one = by_address.get(person.email)
        if one is None and person.institution_key:
            one = by_number.get((person.personnel_number, person.institution_key))
        if one:
            matched[person.pk] = one
    return matched
