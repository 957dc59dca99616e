"""A cohort as its tutors see it: who is where, who is stuck, who needs a hand.

A fixed number of queries, however many members. What an upper floor knows about members who do not
get past an activity it tells through `register`: courses never hears of quizzes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.editions import source_page
from courses.models import ActivityProgress, Cohort, CoursePage, Edition, Enrolment
from courses.outline import Outline, OutlineActivity, outline_of
from people.actors import people_of
from people.models import User
from serbian import fold, sort_key

NOT_STARTED, STUDYING, COMPLETED, WITHDRAWN = "not-started", "studying", "completed", "withdrawn"


@dataclass(frozen=True)
class Trouble:
    """Somebody who has not got past an activity. `way_on` is where a tutor can help."""

    registration: UUID
    activity_key: UUID
    failed: int
    used_up: bool
    opens_at: datetime | None
    way_on: str


TroubleSource = Callable[[Sequence[Enrolment], datetime], Iterable[Trouble]]
_sources: dict[str, TroubleSource] = {}


def register(name: str, source: TroubleSource) -> None:
    """Make a source of troubles known; called once from `AppConfig.ready()`."""
    _sources[name] = source


@dataclass(frozen=True)
class Offer:
    """Something that a tutor can do for a member: what it is called, and where."""

    label: str
    url: str


_offers: dict[str, Callable[[Enrolment], Offer]] = {}


def offer(name: str, source: Callable[[Enrolment], Offer]) -> None:
    """Offer tutors a way to help any member; called once from `AppConfig.ready()`."""
    _offers[name] = source


_leads: dict[str, Callable[[Cohort], Iterable[Offer]]] = {}


def lead(name: str, source: Callable[[Cohort], Iterable[Offer]]) -> None:
    """Lead from a cohort to what is shown of it elsewhere; called from `AppConfig.ready()`."""
    _leads[name] = source


def leads_from(cohort: Cohort) -> list[Offer]:
    """Return where else something is shown of a cohort as a whole."""
    return [offer for source in _leads.values() for offer in source(cohort)]


_looks: dict[str, Callable[[Enrolment], Offer]] = {}


def look(name: str, source: Callable[[Enrolment], Offer]) -> None:
    """Lead whoever may see a member to more about them; called once from `AppConfig.ready()`."""
    _looks[name] = source


def used_up(enrolments: Sequence[Enrolment], at: datetime) -> dict[UUID, set[UUID]]:
    """Return the activities that have no attempt left for now, by registration."""
    shut: dict[UUID, set[UUID]] = {}
    for source in _sources.values():
        for trouble in source(enrolments, at):
            if trouble.used_up:
                shut.setdefault(trouble.registration, set()).add(trouble.activity_key)
    return shut


@dataclass
class Member:
    """One enrolment of the cohort. `person` is None once the account is erased.

    Only what is required counts. Who is not inside an activity (`at`) stands before one
    (`before`), until the course is done.
    """

    enrolment: Enrolment
    person: User | None
    total: int
    done: int = 0
    at: OutlineActivity | None = None
    before: OutlineActivity | None = None
    since: datetime | None = None
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.person) if self.person else _("erased account")

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def state(self) -> str:
        if self.enrolment.completed_at:
            return COMPLETED
        if self.enrolment.withdrawn_at:
            return WITHDRAWN
        return STUDYING if self.enrolment.started_at else NOT_STARTED

    @property
    def offers(self) -> list[Offer]:
        """What the tutor can do for somebody who is on the way."""
        if self.state in (COMPLETED, WITHDRAWN):
            return []
        return [source(self.enrolment) for source in _offers.values()]

    @property
    def looks(self) -> list[Offer]:
        """What else whoever sees the member may read about them."""
        return [source(self.enrolment) for source in _looks.values()]

    @property
    def used_up(self) -> list[Trouble]:
        return [trouble for trouble in self.troubles if trouble.used_up]


@dataclass
class Stop:
    """An activity with those who are in it now, and those to whom it comes next."""

    activity: OutlineActivity
    here: int = 0
    before: int = 0
    since: datetime | None = None
    failed: int = 0
    used_up: int = 0


@dataclass
class CohortReport:
    cohort: Cohort
    course: CoursePage | None
    outline: Outline | None
    members: list[Member]

    @property
    def stops(self) -> list[Stop]:
        """Every activity where somebody is, or has failed, in the order of the outline."""
        lines = self.outline.activities() if self.outline else []
        stops = {line.key: Stop(activity=line) for line in lines}
        for member in self.members:
            if member.state in (COMPLETED, WITHDRAWN):
                continue
            if member.at:
                _stand(stops[member.at.key], member)
            elif member.before:
                stops[member.before.key].before += 1
            for trouble in member.troubles:
                if stop := stops.get(trouble.activity_key):
                    stop.failed += trouble.failed
                    stop.used_up += trouble.used_up
        return [stop for stop in stops.values() if stop.here or stop.before or stop.failed]

    @property
    def in_need(self) -> list[tuple[Member, Trouble]]:
        """Members who have used every attempt at something: only time or a tutor helps them on."""
        return [
            (member, trouble)
            for member in self.members
            if member.state == STUDYING
            for trouble in member.used_up
        ]

    def title_of(self, key: UUID) -> str:
        """Return the title of an activity, or an empty string if the edition lacks it."""
        lines = self.outline.activities() if self.outline else []
        return next((line.title for line in lines if line.key == key), "")

    @property
    def present(self) -> int:
        """How many members there are; whoever has withdrawn is none any more."""
        return len(self.members) - self.count(WITHDRAWN)

    def count(self, state: str) -> int:
        return sum(member.state == state for member in self.members)

    def choose(self, *, words: str = "", state: str = "") -> list[Member]:
        """Return the members with `words` in their name, in either script, and in this state."""
        wanted = fold(words.strip())
        return [
            member
            for member in self.members
            if (not state or member.state == state) and (not wanted or wanted in _spoken(member))
        ]


def cohorts_open_to(user: User) -> QuerySet[Cohort]:
    """Return the cohorts whose members this person may see: one's own; to administrators all."""
    if user.has_perm("courses.delete_cohort"):
        return Cohort.objects.all()
    return Cohort.objects.filter(tutors=user)


def is_open_to(user: User, enrolment: Enrolment) -> bool:
    """Say whether this person may see how a learner does, as tutor or as administrator.

    Who studies in no cohort has no tutor.
    """
    if user.has_perm("courses.delete_cohort"):
        return True
    key = enrolment.cohort_key
    return key is not None and cohorts_open_to(user).filter(key=key).exists()


def tutors_of(enrolment: Enrolment) -> list[str]:
    """Return the names of those who run the learner's cohort; nobody to whom has none."""
    if enrolment.cohort_key is None:
        return []
    tutors = User.objects.filter(cohorts__key=enrolment.cohort_key, is_active=True)
    return [str(tutor) for tutor in tutors.order_by("pk")]


def report_on(*, cohort: Cohort, at: datetime) -> CohortReport:
    """Return everything about a cohort's members, by name."""
    course = source_page(cohort.course_key)
    edition = Edition.objects.filter(course_key=cohort.course_key, number=cohort.edition).first()
    outline = outline_of(course=course, edition=edition) if course and edition else None
    enrolments = list(Enrolment.objects.filter(cohort_key=cohort.key))
    people = people_of([e.actor for e in enrolments if e.actor])
    total = outline.total if outline else 0
    members = {
        e.registration: Member(
            enrolment=e, person=people.get(e.actor) if e.actor else None, total=total
        )
        for e in enrolments
    }
    _add_progress(members, outline)
    for source in _sources.values():
        for trouble in source(enrolments, at):
            members[trouble.registration].troubles.append(trouble)
    ordered = sorted(members.values(), key=lambda one: sort_key(one.name, get_language()))
    return CohortReport(cohort=cohort, course=course, outline=outline, members=ordered)


def _add_progress(members: dict[UUID, Member], outline: Outline | None) -> None:
    lines = {line.key: line for line in outline.required()} if outline else {}
    done: dict[UUID, set[UUID]] = {registration: set() for registration in members}
    rows = ActivityProgress.objects.filter(registration__in=members)
    for row in rows.order_by("touched_at"):
        member, line = members[row.registration], lines.get(row.activity_key)
        if line is None:
            continue
        if row.completed_at:
            member.done += 1
            done[row.registration].add(line.key)
        else:
            member.at, member.since = line, row.initialized_at
    for registration, member in members.items():
        open_ones = (line for key, line in lines.items() if key not in done[registration])
        member.before = next(open_ones, None)


def _stand(stop: Stop, member: Member) -> None:
    stop.here += 1
    if member.since and (stop.since is None or member.since < stop.since):
        stop.since = member.since


def _spoken(member: Member) -> str:
    person = member.person
    return fold(f"{person.name_latin} {person.name_cyrillic}") if person else ""
