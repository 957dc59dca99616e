"""The attempts at a quiz that somebody may see."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.models import Attempt
from courses.cohorts import cohorts_open_to
from courses.models import Cohort, Enrolment
from lrs.events import NOBODY
from people.actors import people_of
from people.models import User

RUNNING, WAITING, PASSED, FAILED = "running", "waiting", "passed", "failed"
_STATES = {
    RUNNING: Q(finished_at=None),
    WAITING: Q(finished_at__isnull=False, passed=None),
    PASSED: Q(passed=True),
    FAILED: Q(passed=False),
}


@dataclass(frozen=True)
class Line:
    """An attempt with whose it is; `person` is None once the account is erased."""

    attempt: Attempt
    person: User | None
    cohort: str


def sees_all(user: User) -> bool:
    """Say whether somebody sees the attempts of all, also of those who study in no cohort."""
    return user.has_perm("courses.delete_cohort")


def attempts_open_to(user: User, quiz: UUID) -> QuerySet[Attempt]:
    """Return the attempts of members of one's own cohorts; to administrators all."""
    enrolments = Enrolment.objects.filter(registration=OuterRef("registration"))
    if not sees_all(user):
        enrolments = enrolments.filter(cohort_key__in=cohorts_open_to(user).values("key"))
    found = Attempt.objects.filter(Exists(enrolments), quiz_key=quiz)
    return found.order_by("-started_at", "registration", "number")


def chosen(
    attempts: QuerySet[Attempt],
    *,
    state: str = "",
    cohort: Cohort | None = None,
    alone: bool = False,
) -> QuerySet[Attempt]:
    """Narrow attempts to a state, and to a cohort or to those who study `alone`, in none."""
    if state in _STATES:
        attempts = attempts.filter(_STATES[state])
    if cohort is not None:
        members = Enrolment.objects.filter(cohort_key=cohort.key).values("registration")
        attempts = attempts.filter(registration__in=members)
    if alone:
        members = Enrolment.objects.filter(cohort_key=None).values("registration")
        attempts = attempts.filter(registration__in=members)
    return attempts


def lines_of(attempts: list[Attempt]) -> list[Line]:
    """Return attempts with names and cohorts. Three queries."""
    where = {attempt.registration for attempt in attempts}
    enrolments = {e.registration: e for e in Enrolment.objects.filter(registration__in=where)}
    people = people_of([e.learner for e in enrolments.values()])
    keys = {e.cohort_key for e in enrolments.values() if e.cohort_key}
    names = dict(Cohort.objects.filter(key__in=keys).values_list("key", "name"))
    return [
        Line(attempt, people.get(whose.learner), names.get(whose.cohort_key or NOBODY, ""))
        for attempt, whose in ((one, enrolments[one.registration]) for one in attempts)
    ]
