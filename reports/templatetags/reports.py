"""How a cell of a report is shown on the page."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from reports.columns import Shown
from reports.figure_tables import HIDDEN
from reports.row import COLUMNS, CompletionRow
from serbian import in_script

register = template.Library()

_WRAPS = {
    "institution_name",
    "institution_now_name",
    "course_name",
    "profession_name",
    "function_name",
    "function_now_name",
    "cohort",
}
SHORT_KEY = 8


@register.simple_tag
def report_cell(row: CompletionRow, name: str) -> SafeString:
    """Return the table cell for a column of a row; on a phone its heading stands beside it."""
    text = _shown(getattr(row, name)) if name != "name" else name_of(row)
    # Nobody converts the script of this attribute on its way out.
    heading = in_script(str(COLUMNS[name].heading), get_language() or "en")
    if name == "person":
        # The whole key stands in the file; on the page its beginning tells rows apart.
        text = format_html('<abbr title="{}">{}</abbr>', text, text[:SHORT_KEY])
    css = "key" if name == "person" else "wraps" if name in _WRAPS else ""
    if COLUMNS[name].shown == Shown.TYPED:
        cell = '<td role="cell" class="{}" translate="no" data-label="{}">{}</td>'
        return format_html(cell, css, heading, text)
    return format_html('<td role="cell" class="{}" data-label="{}">{}</td>', css, heading, text)


def name_of(row: CompletionRow) -> str:
    """Return the name of the person; in place of one that was erased, that it was."""
    return pgettext("in place of a name", "(erased)") if row.name is None else _shown(row.name)


@register.simple_tag
def paper_figure(value: float | None) -> str:
    """Return a figure of a group; one that may not leave the institution says so."""
    return hidden_word() if value is None else number_format(value, force_grouping=True)


@register.simple_tag
def hidden_word() -> str:
    """Return what stands in place of a figure that may not leave the institution."""
    return pgettext("in place of a figure", "hidden")


@register.simple_tag
def report_value(row: CompletionRow | None, name: str) -> str | SafeString:
    """Return what a column of a row says; a dash where there is no row."""
    text = name_of(row) if row and name == "name" else _shown(getattr(row, name, None))
    typed = COLUMNS[name].shown == Shown.TYPED
    return format_html('<span translate="no">{}</span>', text) if typed else text


@register.filter
def figure(value: int | None) -> str:
    """Return a figure as it is read, in groups of three; a star in place of a hidden one."""
    return HIDDEN if value is None else number_format(value, force_grouping=True)


@register.simple_tag
def figure_cell(heading: str, text: str) -> SafeString:
    """Return the table cell of a figure; on a phone its heading stands beside it."""
    heading = in_script(heading, get_language() or "en")
    cell = '<td role="cell" class="number" data-label="{}">{}</td>'
    return format_html(cell, heading, text)


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATE_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, float):
        return number_format(value)
    return str(value) or "–"
