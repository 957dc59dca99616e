"""By what the figures of a report are grouped, and what each group is called."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from courses.models import Enrolment
from people.models import Institution, Profession, Region
from reports.aggregates import Figures, figures_by, figures_of_all
from reports.beside import beside
from reports.titles import titles_of
from serbian import sort_key

MONTH = "month"
TABS: Mapping[str, str | Promise] = {
    MONTH: pgettext_lazy("figures of a report", "By month"),
    "profession": pgettext_lazy("figures of a report", "By profession"),
    "region": pgettext_lazy("figures of a report", "By region"),
    "institution": pgettext_lazy("figures of a report", "By institution"),
    "course": pgettext_lazy("figures of a report", "By course"),
}


@dataclass(frozen=True)
class Group:
    """A group by its name, with its figures."""

    label: str
    figures: Figures


def groups_by(enrolments: QuerySet[Enrolment], by: str, *, outside: bool) -> list[Group]:
    """Return the groups of a tab in the active language.

    Months come as they follow; others by participations, or by name where small cells are hidden:
    the order would tell what is hidden.
    """
    found = figures_by(enrolments, by)
    shown = _outside(enrolments, found) if outside else found
    labels = _LABELS[by]({one.key for one in shown})
    groups = [Group(labels.get(one.key, "") or _("Not known"), one) for one in shown]
    if by == MONTH:
        return groups
    groups.sort(key=lambda one: sort_key(one.label, get_language()))
    if not outside:
        groups.sort(key=lambda one: one.figures.participations or 0, reverse=True)
    return groups


def _outside(enrolments: QuerySet[Enrolment], found: list[Figures]) -> list[Figures]:
    tables = [found, figures_by(enrolments, "course")]
    return beside(figures_of_all(enrolments), tables)[1][0]


def month_of(key: str) -> date:
    """Return the first day of a month that is written "2026-03"."""
    year, month = key.split("-")
    return date(int(year), int(month), 1)


def _months(keys: Iterable[str]) -> dict[str, str]:
    return {key: date_format(month_of(key), "YEAR_MONTH_FORMAT") for key in keys}


def _professions(keys: Iterable[str]) -> dict[str, str]:
    return {one.key: one.name for one in Profession.objects.filter(key__in=keys)}


def _regions(keys: Iterable[str]) -> dict[str, str]:
    return {one.key: one.name for one in Region.objects.filter(key__in=keys)}


def _institutions(keys: Iterable[str]) -> dict[str, str]:
    wanted = [UUID(key) for key in keys if key]
    return {str(one.key): one.name for one in Institution.objects.filter(key__in=wanted)}


def _courses(keys: Iterable[str]) -> dict[str, str]:
    found = titles_of({UUID(key) for key in keys if key})
    return {str(key): title for key, title in found.items()}


_LABELS: Mapping[str, Callable[[Iterable[str]], dict[str, str]]] = {
    MONTH: _months,
    "profession": _professions,
    "region": _regions,
    "institution": _institutions,
    "course": _courses,
}
