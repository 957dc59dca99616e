"""The filters of a completion report: the same for page, file and API, kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from courses.models import Enrolment
from people.models import Mandate
from reports.filter_errors import NotYet, OfNowOnly, PeriodReversed, UnknownKey, UnreadableFilter
from reports.filter_kinds import KINDS, LANGUAGES, STATUSES
from reports.periods import COMPLETED, DAYS, PERIODS, Period, condition_of, read_period, words_of
from reports.then.moments import Moment, read_moment
from serbian import in_script

__all__ = [
    "DAYS",
    "LANGUAGES",
    "PERIODS",
    "STATUSES",
    "Filters",
    "NotYet",
    "OfNowOnly",
    "PeriodReversed",
    "UnknownKey",
    "UnreadableFilter",
    "apply_filters",
    "as_it_stood",
    "described",
    "moment_in",
    "read_filters",
    "require_known",
    "require_now",
    "so_far",
]


@dataclass(frozen=True)
class Filters:
    """What of the mandate to show. The days are those that `period` counts by, both included.

    `days` names days that are others next month ("last-quarter"); first and last day are then
    what it named when the filters were read. `as_of` asks for the report as it stood at a moment.
    """

    profession: str = ""
    institution: UUID | None = None
    course: UUID | None = None
    cohort: UUID | None = None
    status: str = ""
    training_language: str = ""
    period: str = COMPLETED
    days: str = ""
    first_day: date | None = None
    last_day: date | None = None
    as_of: Moment | None = None

    @property
    def moment(self) -> datetime | None:
        """The moment as of which the report is asked for; None for now."""
        return self.as_of.moment if self.as_of else None

    def as_query(self) -> str:
        """Return the filters as the query part of an address that means the same for ever."""
        return urlencode(self._values(without=("days",)))

    def as_asked(self) -> str:
        """Return the filters as they were asked for: last quarter is another one next year."""
        return urlencode(self._values(without=("first_day", "last_day") if self.days else ()))

    def without(self, *names: str) -> "Filters":
        """Return the filters without these."""
        plain = Filters()
        return replace(self, **{name: getattr(plain, name) for name in names})

    def _values(self, *, without: tuple[str, ...]) -> dict[str, str]:
        values = {name: value for name, value in vars(self).items() if name not in without}
        if self.period == COMPLETED:
            del values["period"]
        return {name: str(value) for name, value in values.items() if value}


def read_filters(query: Mapping[str, str], *, today: date | None = None) -> Filters:
    """Return the filters that an address asks for. Raises UnreadableFilter, PeriodReversed.

    Days that are named are those of `today`, in Belgrade.
    """
    values = {name: _value(query, name) for name in KINDS if query.get(name)}
    period = read_period(query, today=today or timezone.localdate())
    return Filters(
        **values,
        period=period.counted_by,
        days=period.named,
        first_day=period.first,
        last_day=period.last,
        as_of=moment_in(query, "as_of"),
    )


def require_known(filters: Filters) -> None:
    """Raise UnknownKey for the first filter that names nothing on this site.

    On the page one chooses from lists; a machine that mistypes a key shall not read "nobody".
    """
    for name, kind in KINDS.items():
        value = getattr(filters, name)
        if value and not kind.is_known(value):
            raise UnknownKey(name, value)


def as_it_stood(filters: Filters, *, at: datetime) -> Filters:
    """Return the filters with a moment that has come: of today, this one. Raises NotYet."""
    return replace(filters, as_of=so_far(filters.as_of, "as_of", at=at))


def so_far(moment: Moment | None, name: str, *, at: datetime) -> Moment | None:
    """Return a moment that has come; of a day that is not over, `at`. Raises NotYet.

    The exact moment stands in the address from then on, so that all pages and files are of it.
    """
    if moment is None or moment.moment <= at:
        return moment
    if moment.is_day and moment.day == timezone.localdate(at):
        return read_moment(at.isoformat())
    raise NotYet(name)


def require_now(filters: Filters) -> None:
    """Raise OfNowOnly if the report is asked for as it stood: figures by group are of now."""
    if filters.as_of:
        raise OfNowOnly


def moment_in(query: Mapping[str, str], name: str) -> Moment | None:
    """Return the moment that an address gives under a name. Raises UnreadableFilter."""
    value = query.get(name, "")
    try:
        return read_moment(value) if value else None
    except (ValueError, OverflowError) as error:
        raise UnreadableFilter(name) from error


def apply_filters(enrolments: QuerySet[Enrolment], filters: Filters) -> QuerySet[Enrolment]:
    """Return the enrolments that match."""
    return enrolments.filter(*conditions_of(filters))


def conditions_of(filters: Filters) -> list[Q]:
    """Return what must be true of an enrolment: each filter that is set, and the period."""
    asked = [
        kind.condition(value) for name, kind in KINDS.items() if (value := getattr(filters, name))
    ]
    return [*asked, condition_of(period_of(filters))]


def described(filters: Filters, mandate: Mandate) -> list[tuple[str, str]]:
    """Return the filters that are set in words (what, which), in the active language and script.

    A name that the mandate may not see is not said; what somebody typed stays as it was typed.
    """
    language = get_language() or "en"
    found = []
    for name, kind in KINDS.items():
        if value := getattr(filters, name):
            words = kind.words(value, mandate) or "–"
            found.append((str(kind.label), words if kind.is_typed else in_script(words, language)))
    if days := words_of(period_of(filters)):
        found.append((str(PERIODS[filters.period]), in_script(days, language)))
    return [(in_script(label, language), words) for label, words in found]


def period_of(filters: Filters) -> Period:
    """Return the period of the filters."""
    return Period(filters.period, filters.days, filters.first_day, filters.last_day)


def _value(query: Mapping[str, str], name: str) -> Any:
    try:
        return KINDS[name].parse(query[name])
    except ValueError as error:
        raise UnreadableFilter(name) from error
