"""The period of a report: which day of an enrolment counts, and from which day to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from certificates.models import Certificate
from reports.filter_errors import PeriodReversed, UnreadableFilter

COMPLETED, STARTED, ENROLLED, CERTIFIED = "completed", "started", "enrolled", "certified"
# The day by which participations are counted.
PERIODS = {
    COMPLETED: pgettext_lazy("day that counts", "Completion"),
    STARTED: pgettext_lazy("day that counts", "Start"),
    ENROLLED: pgettext_lazy("day that counts", "Enrolment"),
    CERTIFIED: pgettext_lazy("day that counts", "Newest certificate"),
}
_COLUMNS = {COMPLETED: "completed_at", STARTED: "started_at", ENROLLED: "enrolled_at"}
# Days that are named, not counted: next month they are others.
DAYS = {
    "this-month": pgettext_lazy("days of a report", "This month"),
    "last-month": pgettext_lazy("days of a report", "Last month"),
    "this-quarter": pgettext_lazy("days of a report", "This quarter"),
    "last-quarter": pgettext_lazy("days of a report", "Last quarter"),
    "this-year": pgettext_lazy("days of a report", "This year"),
    "last-year": pgettext_lazy("days of a report", "Last year"),
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """What counts, and between which days, both included. `named` is a key of DAYS, or empty."""

    counted_by: str = COMPLETED
    named: str = ""
    first: date | None = None
    last: date | None = None


def read_period(query: Mapping[str, str], *, today: date) -> Period:
    """Return the period that an address asks for. Raises UnreadableFilter, PeriodReversed.

    Days that are typed count more than days that are named.
    """
    counted_by = query.get("period", "") or COMPLETED
    if counted_by not in PERIODS:
        raise UnreadableFilter("period")
    first, last = _day(query, "first_day"), _day(query, "last_day")
    if first and last and first > last:
        raise PeriodReversed(first=first, last=last)
    named = query.get("days", "")
    if named and named not in DAYS:
        raise UnreadableFilter("days")
    if named and not (first or last):
        return Period(counted_by, named, *days_of(named, today=today))
    return Period(counted_by, "", first, last)


def days_of(named: str, *, today: date) -> tuple[date, date]:
    """Return the first and the last day of what a key of DAYS names, on a day."""
    which, _dash, unit = named.partition("-")
    months = _MONTHS[unit]
    place = (today.year * 12 + today.month - 1) // months - (which == "last")
    return _first_of(place * months), _first_of((place + 1) * months) - timedelta(days=1)


def condition_of(period: Period) -> Q:
    """Return the condition that the day which counts lies in the period."""
    if not (period.first or period.last):
        return Q()
    if period.counted_by == CERTIFIED:
        return _newest_certificate_between(period)
    return _between(_COLUMNS[period.counted_by], period)


def words_of(period: Period) -> str:
    """Return the days in words, in the active language; empty where there is no limit."""
    first, last = (_said(day) for day in (period.first, period.last))
    if first and last:
        return first if first == last else f"{first} – {last}"
    if first:
        return _("from %(day)s") % {"day": first}
    return _("until %(day)s") % {"day": last} if last else ""


def _said(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _newest_certificate_between(period: Period) -> Q:
    """Return the condition that the newest certificate, which the report shows, is of the period.

    There is one of the period, and none that is newer.
    """
    shown = Certificate.objects.known().filter(replaced_by=None)
    there = shown.filter(_between("earned_at", period)).values("registration")
    found = Q(registration__in=there)
    if period.last:
        newer = shown.filter(earned_at__gte=_midnight(period.last + timedelta(days=1)))
        found &= ~Q(registration__in=newer.values("registration"))
    return found


def _between(column: str, period: Period) -> Q:
    found = Q()
    if period.first:
        found &= Q(**{f"{column}__gte": _midnight(period.first)})
    if period.last:
        found &= Q(**{f"{column}__lt": _midnight(period.last + timedelta(days=1))})
    return found


def _first_of(month: int) -> date:
    """Return the first day of a month that is counted from the beginning of our era."""
    return date(month // 12, month % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(query: Mapping[str, str], name: str) -> date | None:
    value = query.get(name, "")
    try:
        day = parse_date(value) if value else None
    except ValueError as error:
        raise UnreadableFilter(name) from error
    if value and day is None:
        raise UnreadableFilter(name)
    return day
