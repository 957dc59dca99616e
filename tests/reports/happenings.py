"""Completions, corrections, revocations and all else that can happen, as fast as can be.

What is recorded is put together here, without courses and papers: the feed sees the log alone.
`RUN` is what a process of its own runs: with the number of the maker and how much happens.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from lrs.log import record
from lrs.rebuilding import differences
from people.actors import people_of
from people.clients import client_with_token
from people.erasure import erase
from people.models import Institution, Mandate, Profession, User
from xapi import statements, types

RUN = """
import sys, django
django.setup()
from tests.reports.happenings import act
act(*sys.argv[1:])
"""
NAMESPACE = UUID("0f6f2c11-4b1d-5f7b-9a41-6f2f0f6f2c11")
COURSES = [uuid5(NAMESPACE, f"course {number}") for number in range(3)]
BEGINNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TOKEN = "ptk_only-for-this-story"
JUDGE, OFFICER = "judge", "police-officer"


def prepare() -> str:
    """Make two courts, one outside the mandate, and a machine client; return its token."""
    council = Institution.add_root(name_sr="Савет")
    for number in range(2):
        council.refresh_from_db()
        council.add_child(name_sr=f"Суд {number}")
    Institution.add_root(name_sr="Министарство")
    for key in (JUDGE, OFFICER):
        Profession.objects.get_or_create(key=key, defaults={"name_en": key, "name_sr": "Судија"})
    mandate = Mandate.objects.create(
        name="Academy",
        client=client_with_token(name="Academy", token=TOKEN),
        valid_from=date(2026, 1, 1),
        identified=True,
    )
    council.refresh_from_db()
    mandate.institutions.set([council])
    mandate.professions.set(Profession.objects.filter(key=JUDGE))
    return TOKEN


@dataclass
class Learner:
    """One enrolment, and how far it has come."""

    actor: UUID
    course: UUID
    registration: UUID
    profession: str = JUDGE
    state: str = "enrolled"
    statement: UUID | None = None
    certificates: list[UUID] = field(default_factory=list)


class Maker:
    """Lets things happen in an order that its seed decides."""

    def __init__(self, seed: int) -> None:

        self.chance = random.Random(seed)
        self.seed = seed
        self.learners: list[Learner] = []
        self.count = 0
        self.places = list(Institution.objects.order_by("path").values_list("key", flat=True))
        self.admin = uuid5(NAMESPACE, "admin")

    def happen(self, count: int) -> None:
        """Let so many things happen, one transaction each."""
        for _ in range(count):
            self.count += 1
            self.one()

    def one(self) -> None:
        """Let one thing happen that can."""
        if len(self.learners) < 3 or self.chance.random() < 0.3:
            self.enrols()
            return
        learner = self.chance.choice(self.learners[-60:])
        step = self.chance.random()
        if step < 0.02:
            self.is_erased(learner)
        elif step < 0.04:
            self.mandate_changes()
        elif learner.state in ("enrolled", "taken back"):
            self.leaves(learner) if step < 0.1 else self.completes(learner)
        elif learner.state == "completed":
            self.earns(learner)
        elif learner.state == "certified":
            self.is_revoked(learner) if step < 0.5 else self.earns(learner)
        elif learner.state == "revoked":
            self.is_taken_back(learner)

    def enrols(self) -> None:

        number = len(self.learners)
        place = self.chance.choice(self.places)
        user = User.objects.create_user(
            f"learner{self.seed}-{number}@example.org",
            name_latin=f"Learner {number}",
            institution=Institution.objects.get(key=place),
            profession=Profession.objects.get(key=JUDGE),
        )
        profession = self.chance.choice([JUDGE, JUDGE, JUDGE, OFFICER])
        learner = Learner(user.actor.id, self.chance.choice(COURSES), uuid4(), profession)
        facts = {"edition": 1, "profession": profession, "institution": str(place)}
        self.recorded(statements.registered, learner, facts=facts)
        self.learners.append(learner)

    def completes(self, learner: Learner) -> None:
        """Sometimes elsewhere than where the enrolment was: it leaves the mandate, or enters it."""

        learner.state = "completed"
        facts = {
            "edition": 1,
            "minutes": 60 * self.chance.randrange(1, 9),
            "profession": JUDGE,
            "institution": str(self.chance.choice(self.places)),
        }
        about = {"key": learner.course, "type_": types.COURSE, "facts": facts}
        scaled = self.chance.randrange(50, 101) / 100
        made = statements.completed(**self.who(learner), **about, scaled=scaled)
        # The same may be completed again once it was taken back: each time is an event of its own.
        made.id = uuid4()
        learner.statement = made.id
        self.write(made)

    def earns(self, learner: Learner) -> None:

        learner.state = "certified"
        key = uuid4()
        facts: dict[str, Any] = {
            "serial": f"PTK-{key.hex[:12]}",
            "sha256": key.hex * 2,
            "edition": 1,
            "minutes": 60,
        }
        if learner.certificates:
            facts |= {"replaces": str(learner.certificates[-1])} | self.why()
        learner.certificates.append(key)
        self.recorded(statements.earned, learner, certificate=key, facts=facts)

    def is_revoked(self, learner: Learner) -> None:

        learner.state = "revoked"
        key = learner.certificates[-1]
        self.recorded(statements.revoked, learner, certificate=key, facts=self.why())

    def is_taken_back(self, learner: Learner) -> None:
        """A completion is voided: the row is that of a running enrolment again."""

        assert learner.statement
        learner.state = "taken back"
        self.write(statements.voided(actor=self.admin, target=learner.statement, at=self.now))

    def leaves(self, learner: Learner) -> None:

        learner.state = "left"
        self.recorded(statements.left, learner)

    def is_erased(self, learner: Learner) -> None:

        for user in people_of([learner.actor]).values():
            erase(user=user, own_wish=False, at=self.now)

    def mandate_changes(self) -> None:
        """The mandate covers the whole branch, or one court of it."""

        council, court = Institution.objects.filter(key__in=self.places[:2]).order_by("path")
        chosen = self.chance.choice([council, court])
        Mandate.objects.get(client__name="Academy").institutions.set([chosen])

    @property
    def now(self) -> datetime:
        # No two makers at one moment: they would wait for each other's place in the log.
        return BEGINNING + timedelta(days=self.seed, seconds=self.count)

    def who(self, learner: Learner) -> dict[str, Any]:
        return {
            "actor": learner.actor,
            "course": learner.course,
            "registration": learner.registration,
            "at": self.now,
        }

    def why(self) -> dict[str, str]:
        return {"reason": "error", "by": str(self.admin)}

    def recorded(self, build: Any, learner: Learner, **more: Any) -> None:
        self.write(build(**self.who(learner), **more))

    def write(self, made: Any) -> None:

        record([made], at=self.now)


def act(what: str, count: str = "") -> None:
    """Prepare, compare the projections with the log, or be the maker of this number."""
    if what == "prepare":
        prepare()
    elif what == "compare":
        assert differences() == []
    else:
        Maker(int(what)).happen(int(count))
