"""What a mandate covers at a moment, and what lies in one scope and not in another."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from courses.models import Enrolment
from people.mandates import institution_keys, profession_keys
from people.models import Mandate
from reports.joining import institution_of, profession_of
from reports.mandated import of
from reports.models import Scope


@dataclass(frozen=True)
class Covered:
    """Institutions × professions, with the rights that decide which columns have values."""

    digest: str
    institutions: frozenset[UUID]
    professions: frozenset[str]
    rights: tuple[bool, bool]

    def holds(self, enrolment: Enrolment) -> bool:
        """Say whether an enrolment lies in it."""
        institution, profession = institution_of(enrolment), profession_of(enrolment)
        return institution in self.institutions and profession in self.professions


class UnknownScope(LookupError):
    """A cursor cites a scope that this site has not kept."""


def covered_by(mandate: Mandate) -> Covered:
    """Return what a mandate covers now; it is kept under its hash, so that a cursor can cite it."""
    rights = (mandate.identified, mandate.exact_results)
    return kept(institution_keys(mandate), profession_keys(mandate), rights)


def kept(
    institutions: Iterable[UUID], professions: Iterable[str], rights: tuple[bool, bool]
) -> Covered:
    """Return a scope, kept under its hash."""
    said = _said(institutions, professions, rights)
    scope, _made = Scope.objects.get_or_create(digest=_digest(said), defaults=said)
    return _covered(scope)


def covers_now(mandate: Mandate) -> str:
    """Return the hash of what a mandate covers now; nothing is kept."""
    rights = (mandate.identified, mandate.exact_results)
    return _digest(_said(institution_keys(mandate), profession_keys(mandate), rights))


def cited(digests: Iterable[str]) -> list[Covered]:
    """Return scopes by their hashes, in this order. Raises UnknownScope."""
    wanted = list(digests)
    found = Scope.objects.in_bulk(wanted)
    if len(found) < len(wanted):
        raise UnknownScope
    return [_covered(found[digest]) for digest in wanted]


def within(covered: Covered) -> Q:
    """Return the condition that an enrolment lies in a scope."""
    return of(covered.institutions, covered.professions)


def without(first: Covered, second: Covered) -> Q:
    """Return the condition that an enrolment lies in the first scope and not in the second."""
    return of(first.institutions - second.institutions, first.professions) | of(
        first.institutions, first.professions - second.professions
    )


def _said(
    institutions: Iterable[UUID], professions: Iterable[str], rights: tuple[bool, bool]
) -> dict[str, Any]:
    return {
        "institutions": sorted(str(key) for key in institutions),
        "professions": sorted(professions),
        "identified": rights[0],
        "exact_results": rights[1],
    }


def _digest(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _covered(scope: Scope) -> Covered:
    return Covered(
        digest=scope.digest,
        institutions=frozenset(UUID(key) for key in scope.institutions),
        professions=frozenset(scope.professions),
        rights=(scope.identified, scope.exact_results),
    )
