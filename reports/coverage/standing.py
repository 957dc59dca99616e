"""How far each of the obliged is today.

Of the enrolments only those within the mandate are looked at, as in every report: what somebody
did before they came to one of its institutions is not for its holder to see.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.models import Certificate
from courses.models import Enrolment
from people.models import Institution, Profession
from reports.coverage.matching import Account, accounts_of, looked_for
from reports.mandated import enrolments_within
from reports.models import ObligedPerson, ObligedUpload

NOT_FOUND, NOT_ENROLLED, ENROLLED, STARTED = "not-found", "not-enrolled", "enrolled", "started"
EXPIRED, COMPLETED = "expired", "completed"
# From the least to the most; whoever is in several courses of the list is as far as in the best.
STATES = {
    NOT_FOUND: _("No account found"),
    NOT_ENROLLED: _("Not enrolled"),
    ENROLLED: pgettext_lazy("state of an enrolment", "Enrolled"),
    STARTED: pgettext_lazy("state of an enrolment", "Started"),
    EXPIRED: _("Completed, but it no longer counts"),
    COMPLETED: pgettext_lazy("state of an enrolment", "Completed"),
}
_ORDER = list(STATES)


@dataclass(frozen=True)
class Label:
    """A name to show: the site's own, or as the institution typed it; `key` stands in addresses."""

    key: str
    text: str
    is_typed: bool = False


NOWHERE = Label("", "–")


@dataclass
class Course:
    """How far somebody is in the courses of the list, taken together."""

    state: str = NOT_ENROLLED
    enrolled_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    valid_until: date | None = None
    is_valid: bool = False


@dataclass(frozen=True)
class Standing:
    """Somebody on the list: what the institution says, and how far they are, if they are found."""

    person: ObligedPerson
    actor: UUID | None
    institution: Label
    profession: Label
    course: Course
    is_late: bool

    @property
    def state(self) -> str:
        return self.course.state

    @property
    def state_name(self) -> str:
        return str(STATES[self.state])

    @property
    def is_missing(self) -> bool:
        return self.state != COMPLETED


def standings(upload: ObligedUpload, *, at: datetime) -> list[Standing]:
    """Return how far everybody on a list is, in the order of the file.

    The number of queries does not depend on how many there are.
    """
    people = list(upload.people.order_by("line"))
    mandate = upload.obliged.mandate
    accounts = accounts_of(people, upload=upload, mandate=mandate)
    courses = _courses(upload, at)
    places = {one.key: one.name for one in Institution.objects.all()}
    callings = {one.key: one.name for one in Profession.objects.all()}
    late_from = _midnight_after(upload.obliged.due_on)
    found = []
    for person in people:
        account = accounts.get(person.pk)
        course = courses.get(account.actor, Course()) if account else Course(NOT_FOUND)
        is_late = bool(course.completed_at and course.completed_at >= late_from)
        found.append(
            Standing(
                person,
                account.actor if account else None,
                _institution(person, account, places),
                _profession(person, account, callings),
                course,
                is_late and course.state == COMPLETED,
            )
        )
    return found


def _courses(upload: ObligedUpload, at: datetime) -> dict[UUID, Course]:
    """Return how far each person is who may be meant, by the opaque id. Two queries of many."""
    enrolments = _enrolments(upload)
    today = timezone.localdate(at)
    valid, ended = _certificates(enrolments, today)
    counts_from = upload.obliged.counts_from
    first = _midnight(counts_from) if counts_from else None
    found: dict[UUID, Course] = {}
    for one in enrolments.order_by("enrolled_at", "registration"):
        if one.withdrawn_at and not one.completed_at:
            continue
        course = found.setdefault(one.learner, Course())
        state = _state(one, first, one.registration in ended)
        if _ORDER.index(state) > _ORDER.index(course.state):
            course.state = state
            course.enrolled_at, course.started_at = one.enrolled_at, one.started_at
            course.completed_at = one.completed_at
        if state == COMPLETED and one.registration in valid:
            course.is_valid, course.valid_until = True, valid[one.registration]
    return found


def _state(enrolment: Enrolment, first: datetime | None, has_ended: bool) -> str:
    if enrolment.completed_at:
        too_early = first is not None and enrolment.completed_at < first
        return EXPIRED if too_early or has_ended else COMPLETED
    return STARTED if enrolment.started_at else ENROLLED


def _enrolments(upload: ObligedUpload) -> QuerySet[Enrolment]:
    mandate = upload.obliged.mandate
    actors = looked_for(upload, mandate).exclude(actor=None).values("actor__id")
    return enrolments_within(mandate).filter(
        actor__in=actors, course_key__in=upload.obliged.courses
    )


def _certificates(
    enrolments: QuerySet[Enrolment], today: date
) -> tuple[dict[UUID, date | None], set[UUID]]:
    """Return until when the certificates are that are valid, and the enrolments left with none."""
    valid: dict[UUID, date | None] = {}
    known: set[UUID] = set()
    of_them = enrolments.order_by().values("registration")
    for one in Certificate.objects.known().filter(registration__in=of_them):
        known.add(one.registration)
        if one.status(today) == "valid":
            valid[one.registration] = one.valid_until
    return valid, known - valid.keys()


def _institution(person: ObligedPerson, account: Account | None, names: dict[UUID, str]) -> Label:
    key = person.institution_key or (account.institution if account else None)
    return Label(str(key), names.get(key, "–")) if key else NOWHERE


def _profession(person: ObligedPerson, account: Account | None, names: dict[str, str]) -> Label:
    if person.profession and not person.profession_key:
        return Label(person.profession, person.profession, is_typed=True)
    key = person.profession_key or (account.profession if account else "")
    return Label(key, names.get(key, "–")) if key else NOWHERE


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _midnight_after(day: date) -> datetime:
    return _midnight(date.fromordinal(day.toordinal() + 1))
