"""What becomes of invented people: who they are, what they take, and how far they get."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from certificates.sheet_templates.choosing import last_day
from certificates.sheets import key_of
from config.population.plans import Plan, Programme
from config.population.saying import POINTS, Said
from xapi.iris import NAMESPACE


@dataclass(frozen=True)
class Place:
    """Where somebody works, and as what; `weight` is the share of such people."""

    profession: str
    institution: UUID
    weight: float = 1.0


@dataclass(frozen=True)
class Person:
    """Somebody invented. `number` counts from 0 within the seed."""

    number: int
    actor: UUID
    place: Place
    name: int


@dataclass(frozen=True)
class Enrolled:
    """One enrolment: what was said, by kind, in order."""

    plan: Plan
    steps: tuple[tuple[str, Said], ...]


@dataclass(frozen=True)
class Span:
    """The years over which a population is spread; nothing happens from `until` on."""

    since: datetime
    until: datetime


# What becomes of an enrolment with a test, and of one without, each with its weight.
_TESTED = (
    (("registered",), 8),
    (("registered", "started"), 12),
    (("registered", "started", "left"), 7),
    (("registered", "attempted", "failed"), 8),
    (("registered", "attempted", "passed", "completed", "earned"), 59),
    (
        (
            "registered", "attempted", "failed", "attempted again", "passed again", "completed",
            "earned",
        ),
        5,
    ),
    (("registered", "attempted", "passed", "completed", "earned", "revoked"), 1),
)  # fmt: skip
_UNTESTED = (
    (("registered",), 8),
    (("registered", "started"), 19),
    (("registered", "started", "left"), 7),
    (("registered", "started", "satisfied", "completed", "earned"), 66),
)
_AGAIN = 0.45  # of those who completed a course, so many take a refresher
_ANOTHER = 0.5
_MOVED = 0.03
_IN_ENGLISH = 0.12
_A_PERSON = 1.3  # enrolments, about; over so many people the years are spread


class Lives:
    """The people of a seed, one after the other; each is the same however many come before."""

    def __init__(
        self,
        *,
        seed: int,
        programmes: Sequence[Programme],
        places: Sequence[Place],
        span: Span,
        enrolments: int,
    ) -> None:
        self.seed = seed
        self._programmes = programmes
        self._places = places
        self._weights = [place.weight for place in places]
        self._span = span
        self._people = max(1, round(enrolments / _A_PERSON))
        self._decider = uuid5(NAMESPACE, f"population {seed}: who decides")

    def person(self, number: int) -> tuple[Person, list[Enrolled]]:
        """Return somebody, and all that they have taken, the first enrolment first."""
        chance = random.Random(f"population {self.seed} {number}")
        place = chance.choices(self._places, self._weights)[0]
        actor = UUID(int=chance.getrandbits(128), version=4)
        person = Person(number, actor, place, chance.getrandbits(32))
        return person, list(self._taken(person, chance))

    def _taken(self, person: Person, chance: random.Random) -> Iterator[Enrolled]:
        clock = self._arrival(person.number, chance)
        first = chance.randrange(len(self._programmes))
        for turn in range(len(self._programmes)):
            if turn and chance.random() > _ANOTHER:
                break
            programme = self._programmes[(first + turn) % len(self._programmes)]
            enrolled = self._enrolled(person, programme.plans, 0, clock, chance)
            yield enrolled
            yield from self._refreshed(person, programme, enrolled, chance)
            clock += timedelta(days=chance.uniform(20, 200))
            if clock >= self._span.until:
                break

    def _refreshed(
        self, person: Person, programme: Programme, done: Enrolled, chance: random.Random
    ) -> Iterator[Enrolled]:
        """A refresher after a year, and another after that, as long as each is completed."""
        if not programme.refreshers:
            return
        plans = programme.refreshers[0]
        for earlier in range(5):
            clock = done.steps[-1][1].at + timedelta(days=chance.uniform(200, 420))
            completed = "completed" in dict(done.steps)
            if not completed or chance.random() > _AGAIN or clock >= self._span.until:
                return
            done = self._enrolled(person, plans, earlier, clock, chance)
            yield done

    def _arrival(self, number: int, chance: random.Random) -> datetime:
        """People come one after the other over the years, give or take a month."""
        length = self._span.until - self._span.since - timedelta(days=31)
        share = number % self._people / self._people
        return self._span.since + length * share + timedelta(days=chance.uniform(0, 30))

    def _enrolled(
        self,
        person: Person,
        plans: tuple[Plan, ...],
        earlier: int,
        clock: datetime,
        chance: random.Random,
    ) -> Enrolled:
        plan = self._plan_at(plans, clock)
        stories = _TESTED if plan.quiz else _UNTESTED
        story = chance.choices([s for s, _ in stories], [weight for _, weight in stories])[0]
        # A refresher renews a certificate and brings none of its own; that is not made up here.
        kinds = [k for k in story if not (plan.edition.refresher_of and k in ("earned", "revoked"))]
        registration = uuid5(NAMESPACE, f"{person.actor} {plan.course} {earlier}")
        said = self._said(person, registration, clock, chance)
        return Enrolled(plan, tuple(self._steps(kinds, plan, said, chance)))

    def _plan_at(self, plans: tuple[Plan, ...], clock: datetime) -> Plan:
        """The editions came one after the other, in equal parts of the years."""
        share = (clock - self._span.since) / (self._span.until - self._span.since)
        return plans[min(int(share * len(plans)), len(plans) - 1)]

    def _said(
        self, person: Person, registration: UUID, clock: datetime, chance: random.Random
    ) -> Said:
        certificate = key_of(registration, 1)
        return Said(
            actor=person.actor,
            registration=registration,
            at=clock,
            profession=person.place.profession,
            institution=person.place.institution,
            raw=0.0,
            certificate=certificate,
            serial=f"INV-{self.seed}-{registration.hex[:16]}",
            sha256=sha256(certificate.bytes).hexdigest(),
            valid_until=None,
            by=self._decider,
            words=UUID(int=chance.getrandbits(128), version=4),
            language="en" if chance.random() < _IN_ENGLISH else "sr",
        )

    def _steps(
        self, kinds: Iterable[str], plan: Plan, said: Said, chance: random.Random
    ) -> Iterator[tuple[str, Said]]:
        for kind in kinds:
            if said.at >= self._span.until:
                return
            said = self._changed(kind, plan, said, chance)
            yield kind, said
            said = replace(said, at=said.at + _pause(kind, chance))

    def _changed(self, kind: str, plan: Plan, said: Said, chance: random.Random) -> Said:
        if kind == "failed":
            return replace(said, raw=float(chance.randint(4, 13)))
        if kind in ("passed", "passed again"):
            return replace(said, raw=float(chance.randint(16, int(POINTS))))
        if kind == "completed" and chance.random() < _MOVED:
            there = [p for p in self._places if p.profession == said.profession]
            return replace(said, institution=chance.choice(there).institution)
        if kind == "earned":
            return replace(said, valid_until=last_day(said.at.date(), plan.months))
        return said


def _pause(kind: str, chance: random.Random) -> timedelta:
    """How long until the next step: seconds after a verdict, days or weeks before it."""
    if kind in ("passed", "passed again", "satisfied"):
        return timedelta(microseconds=chance.randint(1_000, 900_000))
    if kind == "completed":
        return timedelta(seconds=chance.uniform(1, 90))
    if kind == "attempted":
        return timedelta(minutes=chance.uniform(6, 40))
    return timedelta(days=chance.expovariate(1 / 12), seconds=chance.uniform(60, 7200))
