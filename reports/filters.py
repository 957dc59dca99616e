"""The filters of a completion report: the same for page, file and API, kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Edition, Enrolment
from people.models import Institution, Profession
from reports.mandated import as_any, at_any
from reports.then.moments import Moment, read_moment

# Serbian says what became of an enrolment with another word than when it did.
STATUSES = {
    "enrolled": pgettext_lazy("state of an enrolment", "Enrolled"),
    "started": pgettext_lazy("state of an enrolment", "Started"),
    "completed": pgettext_lazy("state of an enrolment", "Completed"),
    "withdrawn": pgettext_lazy("state of an enrolment", "Withdrawn"),
}


class UnreadableFilter(ValueError):
    """A filter has a value that cannot be read; `name` says which."""

    message: str | Promise

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
        self.message = _("The filter “%(name)s” has a value that cannot be read.") % {"name": name}

    def __str__(self) -> str:
        return str(self.message)


class UnknownKey(UnreadableFilter):
    """A filter names something that this site does not have."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__(name)
        self.message = f"{name}: this site knows no {value}"


class PeriodReversed(UnreadableFilter):
    """The period ends before it begins. `filters` are what was asked for."""

    def __init__(self, filters: "Filters") -> None:
        super().__init__("completed_from")
        self.filters = filters
        self.message = _("“Completed from” is a later day than “Completed to”.")


class NotYet(UnreadableFilter):
    """A report is asked for as of a moment that has not come."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.message = _(
            "The moment of “%(name)s” has not come yet. For the report of now leave it empty; "
            "a day counts from its end."
        ) % {"name": name}


@dataclass(frozen=True)
class Filters:
    """What of the mandate to show. The period is that of completion, both days included.

    `as_of` asks for the report as it stood at a moment.
    """

    profession: str = ""
    institution: UUID | None = None
    course: UUID | None = None
    status: str = ""
    completed_from: date | None = None
    completed_to: date | None = None
    as_of: Moment | None = None

    @property
    def moment(self) -> datetime | None:
        """The moment as of which the report is asked for; None for now."""
        return self.as_of.moment if self.as_of else None

    def as_query(self) -> str:
        """Return the filters as the query part of an address."""
        values = {name: str(value) for name, value in vars(self).items() if value}
        return urlencode(values)


def read_filters(query: Mapping[str, str]) -> Filters:
    """Return the filters that an address asks for. Raises UnreadableFilter, PeriodReversed."""
    status = query.get("status", "")
    if status and status not in STATUSES:
        raise UnreadableFilter("status")
    filters = Filters(
        profession=query.get("profession", ""),
        institution=_key(query, "institution"),
        course=_key(query, "course"),
        status=status,
        completed_from=_day(query, "completed_from"),
        completed_to=_day(query, "completed_to"),
        as_of=moment_in(query, "as_of"),
    )
    first, last = filters.completed_from, filters.completed_to
    if first and last and first > last:
        raise PeriodReversed(filters)
    return filters


def require_known(filters: Filters) -> None:
    """Raise UnknownKey for the first filter that names nothing on this site.

    On the page one chooses from lists; a machine that mistypes a key shall not read "nobody".
    """
    profession, institution, course = filters.profession, filters.institution, filters.course
    if profession and not Profession.objects.filter(key=profession).exists():
        raise UnknownKey("profession", profession)
    if institution and not Institution.objects.filter(key=institution).exists():
        raise UnknownKey("institution", institution)
    if course and not Edition.objects.filter(course_key=course).exists():
        raise UnknownKey("course", course)


def require_past(moment: Moment | None, name: str, *, at: datetime) -> None:
    """Raise NotYet if a moment lies in the future."""
    if moment and moment.moment > at:
        raise NotYet(name)


def apply_filters(enrolments: QuerySet[Enrolment], filters: Filters) -> QuerySet[Enrolment]:
    """Return the enrolments that match."""
    if filters.profession:
        enrolments = enrolments.filter(as_any([filters.profession]))
    if filters.institution:
        enrolments = enrolments.filter(at_any(subtree(filters.institution)))
    if filters.course:
        enrolments = enrolments.filter(course_key=filters.course)
    if filters.completed_from:
        enrolments = enrolments.filter(completed_at__gte=_midnight(filters.completed_from))
    if filters.completed_to:
        next_day = filters.completed_to + timedelta(days=1)
        enrolments = enrolments.filter(completed_at__lt=_midnight(next_day))
    return _with_status(enrolments, filters.status)


def _with_status(enrolments: QuerySet[Enrolment], status: str) -> QuerySet[Enrolment]:
    conditions = {
        "": Q(),
        "completed": Q(completed_at__isnull=False),
        "withdrawn": Q(completed_at=None, withdrawn_at__isnull=False),
        "started": Q(completed_at=None, withdrawn_at=None, started_at__isnull=False),
        "enrolled": Q(completed_at=None, withdrawn_at=None, started_at=None),
    }
    return enrolments.filter(conditions[status])


def subtree(key: UUID) -> list[UUID]:
    """Return the keys of an institution and of all below it, as the tree is now."""
    root = Institution.objects.filter(key=key).first()
    if root is None:
        return []
    tree = Institution.objects.filter(path__startswith=root.path)
    return list(tree.values_list("key", flat=True))


def moment_in(query: Mapping[str, str], name: str) -> Moment | None:
    """Return the moment that an address gives under a name. Raises UnreadableFilter."""
    value = query.get(name, "")
    try:
        return read_moment(value) if value else None
    except (ValueError, OverflowError) as error:
        raise UnreadableFilter(name) from error


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _key(query: Mapping[str, str], name: str) -> UUID | None:
    value = query.get(name, "")
    try:
        return UUID(value) if value else None
    except ValueError as error:
        raise UnreadableFilter(name) from error


def _day(query: Mapping[str, str], name: str) -> date | None:
    value = query.get(name, "")
    try:
        day = parse_date(value) if value else None
    except ValueError as error:
        raise UnreadableFilter(name) from error
    if value and day is None:
        raise UnreadableFilter(name)
    return day
