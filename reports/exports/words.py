"""Filters in words: what an address asks for, as a person reads it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Cohort
from people.models import Institution, Profession
from reports.coverage.asking import SHOWN
from reports.coverage.standing import STATES
from reports.filter_kinds import KINDS
from reports.filters import LANGUAGES, PERIODS, STATUSES
from reports.then.moments import read_moment
from reports.titles import titles_of

# What each filter is called. One that is not here is told by its name and value.
_HEADINGS: Mapping[str, str | Promise] = {
    **{name: kind.label for name, kind in KINDS.items()},
    "period": gettext_lazy("Counted by the day of"),
    "first_day": gettext_lazy("First day"),
    "last_day": gettext_lazy("Last day"),
    "as_of": gettext_lazy("As it stood on"),
    "list": gettext_lazy("Name of the list"),
    "state": gettext_lazy("State"),
    "searched": gettext_lazy("Searched by name, e-mail or number"),
}

_TYPED = ("cohort", "list")


@dataclass(frozen=True)
class Told:
    """One filter in words. What somebody typed is never converted to another script."""

    heading: str
    value: str
    typed: bool = False


def in_words(query: str) -> list[Told]:
    """Return a report's filters in the active language; a sentence if there are none."""
    return in_words_each([query])[0]


def in_words_each(queries: Sequence[str]) -> list[list[Told]]:
    """Return the filters of several reports in words, with one query for each kind of thing."""
    pairs = [parse_qsl(query) for query in queries]
    asked: dict[str, set[str]] = {}
    for name, value in (pair for each in pairs for pair in each):
        asked.setdefault(name, set()).add(value)
    known = {name: _LOOKED_UP[name](asked[name]) for name in _LOOKED_UP if name in asked}
    return [_told(each, known) for each in pairs]


def _told(pairs: Iterable[tuple[str, str]], known: Mapping[str, Mapping[str, str]]) -> list[Told]:
    found = [
        Told(
            heading=str(_HEADINGS.get(name, name)),
            value=known.get(name, {}).get(value, value),
            typed=name in _TYPED,
        )
        for name, value in pairs
    ]
    return found or [Told(_("Filters"), _("none: everything that the mandate covers"))]


def _professions(keys: set[str]) -> dict[str, str]:
    return {one.key: one.name for one in Profession.objects.filter(key__in=keys)}


def _institutions(keys: set[str]) -> dict[str, str]:
    """Return the names of institutions; on a list of the obliged one may stand as it was typed."""
    known = [key for key in keys if _is_key(key)]
    return {str(one.key): one.name for one in Institution.objects.filter(key__in=known)}


def _is_key(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _courses(keys: set[str]) -> dict[str, str]:
    return {str(key): title for key, title in titles_of(map(UUID, keys)).items()}


def _cohorts(keys: set[str]) -> dict[str, str]:
    return {str(one.key): one.name for one in Cohort.objects.filter(key__in=keys)}


def _words_in(words: Mapping[str, Any]) -> Callable[[set[str]], dict[str, str]]:
    return lambda keys: {key: str(words[key]) for key in keys if key in words}


def _days(values: set[str]) -> dict[str, str]:
    days = {value: parse_date(value) for value in values}
    return {value: date_format(day, "DATE_FORMAT") for value, day in days.items() if day}


def _moments(values: set[str]) -> dict[str, str]:
    moments = {value: timezone.localtime(read_moment(value).moment) for value in values}
    return {value: date_format(at, "DATETIME_FORMAT") for value, at in moments.items()}


_LOOKED_UP: Mapping[str, Callable[[set[str]], Mapping[str, Any]]] = {
    "profession": _professions,
    "institution": _institutions,
    "course": _courses,
    "cohort": _cohorts,
    "status": _words_in(STATUSES),
    "state": _words_in(SHOWN | STATES),
    "searched": _words_in({"yes": gettext_lazy("yes")}),
    "training_language": _words_in(LANGUAGES),
    "period": _words_in(PERIODS),
    "first_day": _days,
    "last_day": _days,
    "as_of": _moments,
}
