"""Make a population, some hundred people in each transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from certificates.models import Decision, Sheet, code_digest
from config.population.lives import Enrolled, Lives, Person, Span
from config.population.people import Registry, made_before, places
from config.population.plans import Plan, Programme, programmes
from config.population.saying import Mould, Said, decision_on, moulds_of, sheet_of
from lrs.bulk import insert_rows, write_past
from lrs.entries import Entry
from lrs.queueing import give_way

_PEOPLE_AT_ONCE = 700


class MadeBefore(Exception):
    """People of this seed are there already; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} people of this seed are there already")
        self.count = count


@dataclass
class Made:
    """How far it has come."""

    people: int = 0
    enrolments: int = 0
    statements: int = 0
    certificates: int = 0


def make(
    *, enrolments: int, seed: int, until: datetime, years: int, resume: bool = False
) -> Iterator[Made]:
    """Make so many enrolments; yield how far it has come after each transaction.

    A seed, a number, a moment and the courses decide all: the same make the same log. With
    `resume` it goes on where a run of the same was stopped. Raises MadeBefore, NothingToTake,
    NowhereToWork.
    """
    known = made_before(seed)
    if known and not resume:
        raise MadeBefore(known)
    found = programmes()
    lives = Lives(
        seed=seed,
        programmes=found,
        places=places(),
        span=Span(until - timedelta(days=365 * years), until),
        enrolments=enrolments,
    )
    work = _Work(lives, Registry(seed=seed, joined=until), _moulds(found), enrolments)
    made = work.known(known)
    while made.enrolments < enrolments:
        work.write_some(made)
        yield made
        give_way()


def settle() -> None:
    """Let the database count what it holds, so that it finds the best ways through it."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


Moulds = dict[tuple[UUID, int], dict[str, Mould]]
Batch = list[tuple[Person, list[Enrolled]]]


def _moulds(found: Sequence[Programme]) -> Moulds:
    every = [plan for one in found for plans in (one.plans, *one.refreshers) for plan in plans]
    return {(plan.course, plan.edition.number): moulds_of(plan) for plan in every}


@dataclass(frozen=True)
class _Work:
    lives: Lives
    registry: Registry
    moulds: Moulds
    enrolments: int

    def known(self, people: int) -> Made:
        """Return how far earlier runs have come: people are made anew, but not written."""
        made = Made(people=people)
        for number in range(people):
            made.enrolments += len(self.lives.person(number)[1])
        return made

    def write_some(self, made: Made) -> None:
        """Write the next people with all that they did, in one transaction."""
        batch = self._next(made)
        enrolled = [one for _, taken in batch for one in taken]
        entries = [self._entry(one, kind, said) for one in enrolled for kind, said in one.steps]
        entries.sort(key=lambda entry: entry.stored)
        earned = [
            (one.plan, said) for one in enrolled for kind, said in one.steps if kind == "earned"
        ]
        revoked = [said for one in enrolled for kind, said in one.steps if kind == "revoked"]
        with transaction.atomic():
            self.registry.write([person for person, _ in batch])
            write_past(entries)
            insert_rows(Sheet, [_sealed(plan, said) for plan, said in earned])
            insert_rows(Decision, [decision_on(said) for said in revoked])
        made.people += len(batch)
        made.enrolments += len(enrolled)
        made.statements += len(entries)
        made.certificates += len(earned)

    def _next(self, made: Made) -> Batch:
        """Return the next people; of the last one only what is still wanted."""
        left, batch = self.enrolments - made.enrolments, list[tuple[Person, list[Enrolled]]]()
        while left > 0 and len(batch) < _PEOPLE_AT_ONCE:
            person, taken = self.lives.person(made.people + len(batch))
            batch.append((person, taken[:left]))
            left -= len(taken)
        return batch

    def _entry(self, one: Enrolled, kind: str, said: Said) -> Entry:
        return self.moulds[one.plan.course, one.plan.edition.number][kind].entry(said)


def _sealed(plan: Plan, said: Said) -> Sheet:
    """Return a sheet without a name and without a file, as of somebody who was erased."""
    sheet = sheet_of(plan, said)
    sheet.code_sha256 = code_digest(sheet.code)
    return sheet
