"""Enrolments, and what else the log says of them, as they stood at a moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet

from assessments.models import Attempt
from certificates.models import Certificate
from courses.models import Enrolment
from lrs.models import ProjectedRow
from lrs.then import folded_at, touched_among
from people.models import Mandate
from reports.joining import Facts, facts_from, facts_of, rows
from reports.row import CompletionRow
from reports.then.conditions import Hand, condition_of

_MODELS: tuple[type[ProjectedRow], ...] = (Enrolment, Attempt, Certificate)
Row = TypeVar("Row", bound=ProjectedRow)
Fact = TypeVar("Fact")


@dataclass(frozen=True)
class Standing:
    """Some enrolments by registration, and the facts about them."""

    enrolments: dict[UUID, Enrolment]
    facts: Facts

    def rows(self, mandate: Mandate, order: Sequence[UUID]) -> list[CompletionRow]:
        """Return the rows of those that are there, in this order."""
        there = [self.enrolments[key] for key in order if key in self.enrolments]
        return rows(mandate=mandate, enrolments=there, facts=self.facts)


def standing_at(registrations: Collection[UUID], moment: datetime) -> Standing:
    """Return enrolments as they stood at a moment, those that were there. At most eight queries.

    What is live is read first: what is touched meanwhile is folded.
    """
    live = Enrolment.objects.in_bulk(list(registrations))
    facts = facts_of(registrations)
    touched = touched_among(registrations, moment)
    if not touched:
        return Standing(live, facts)
    then = _folded(touched, moment)
    same = {key: row for key, row in live.items() if key not in touched}
    return Standing(
        {**same, **then.enrolments},
        Facts(
            {**_without(facts.attempts, touched), **then.facts.attempts},
            {**_without(facts.certificates, touched), **then.facts.certificates},
        ),
    )


def matching_at(
    found: "QuerySet[Enrolment]", registrations: Collection[UUID], moment: datetime
) -> Standing:
    """Return those enrolments that a query would have found at a moment. At most four queries.

    All are folded from the log. Raises UnknownCondition if the query cannot be asked of rows.
    """
    return _folded(registrations, moment, found)


def _folded(
    registrations: Collection[UUID], moment: datetime, found: "QuerySet[Enrolment] | None" = None
) -> Standing:
    tables = folded_at(registrations, moment, _MODELS)
    enrolments = cast(list[Enrolment], tables[Enrolment])
    attempts = cast(list[Attempt], tables[Attempt])
    certificates = cast(list[Certificate], tables[Certificate])
    if found is not None:
        holds = condition_of(found)
        one_by_one = _by_registration(attempts), _by_registration(certificates)
        enrolments = [one for one in enrolments if holds(_hand(one, *one_by_one))]
    return Standing({one.pk: one for one in enrolments}, facts_from(attempts, certificates))


def _hand(
    enrolment: Enrolment,
    attempts: dict[UUID, list[Attempt]],
    certificates: dict[UUID, list[Certificate]],
) -> Hand:
    tables: Mapping[type[Model], Sequence[Model]] = {
        Attempt: attempts.get(enrolment.pk, []),
        Certificate: certificates.get(enrolment.pk, []),
    }
    return Hand({Enrolment: enrolment}, tables)


def _by_registration(rows: Sequence[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.registration, []).append(row)
    return found


def _without(facts: Mapping[UUID, Fact], touched: set[UUID]) -> dict[UUID, Fact]:
    return {key: fact for key, fact in facts.items() if key not in touched}
