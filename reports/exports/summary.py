"""The report as a sealed summary on paper: figures of groups, small ones hidden, and no names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.sealing import seal
from cms.languages import content_language
from courses.models import CoursePage
from people.models import Institution, Profession
from reports.aggregates import Figures, figures_by, figures_of_all
from reports.beside import beside
from reports.completions import completions
from reports.exports.report import Report, definition
from reports.exports.words import in_words
from reports.paper import paper
from reports.small_cells import FEWEST
from serbian import sort_key

_STEP = 5  # per cent: how finely bars are drawn
_TITLES = {
    "profession": gettext_lazy("By profession"),
    "institution": gettext_lazy("By institution"),
    "course": gettext_lazy("By course"),
    "month": gettext_lazy("By month of completion"),
}


@dataclass(frozen=True)
class Line:
    """One group: its name, its figures as they may leave, and how long its bar is in per cent."""

    name: str
    figures: Figures
    bar: int


def write_pdf(file: BinaryIO, report: Report) -> None:
    """Write the summary, sealed like a certificate. Raises RendererMissing, CannotSeal."""
    title = _("Completions: summary")
    told = summary(report)
    pdf = paper(
        "reports/paper/summary.html", told, title=title, language=report.language, at=report.at
    )
    file.write(seal(pdf, at=report.at))


def summary(report: Report) -> dict[str, Any]:
    """Return what stands on the paper, in the active language."""
    enrolments = completions(mandate=report.mandate, filters=report.filters)
    everybody = figures_of_all(enrolments)
    total, shown = beside(everybody, [figures_by(enrolments, one) for one in _TITLES])
    tables = [
        _table(grouping, found, report.language)
        for grouping, found in zip(_TITLES, shown, strict=True)
    ]
    return {
        "mandate": report.mandate.name,
        "filters": in_words(report.filters.as_query()),
        "totals": total if everybody.participations else None,
        "tables": [table for table in tables if table["lines"]],
        "fewest": FEWEST,
        "definition": definition()[1:],  # a row is of no concern where there is none
    }


def _table(grouping: str, found: list[Figures], language: str) -> dict[str, Any]:
    """Return a table; one by month has no figures but those of completions."""
    names = _named(grouping, [one.key for one in found])
    lines = [_line(one, names.get(one.key) or _("not said"), found) for one in found]
    by_month = grouping == "month"
    if not by_month:
        lines.sort(key=lambda line: sort_key(line.name, language))
    elif all(one.completions is None for one in found):
        lines = []
    return {"title": _TITLES[grouping], "lines": lines, "by_month": by_month}


def _line(one: Figures, name: str, found: list[Figures]) -> Line:
    most = max((each.participations or 0 for each in found), default=0) or 1
    share = (one.participations or 0) / most * 100
    return Line(name=name, figures=one, bar=round(share / _STEP) * _STEP)


def _named(grouping: str, keys: list[str]) -> Mapping[str, str]:
    """Return what groups are called, in one query; months by the calendar."""
    wanted = [key for key in keys if key]
    if grouping == "month":
        months = {key: date(int(key[:4]), int(key[5:]), 1) for key in wanted}
        return {key: date_format(day, "YEAR_MONTH_FORMAT") for key, day in months.items()}
    if grouping == "profession":
        return {one.key: one.name for one in Profession.objects.filter(key__in=wanted)}
    if grouping == "institution":
        return {str(one.key): one.name for one in Institution.objects.filter(key__in=wanted)}
    pages = CoursePage.objects.filter(
        translation_key__in=wanted, locale__language_code__in={"en", content_language()}
    )
    return {str(page.translation_key): page.title for page in pages.order_by("locale")}
