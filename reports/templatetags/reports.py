"""How a cell of a report is shown on the page."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.completions import CompletionRow
from reports.files import HEADINGS
from reports.filters import STATUSES

register = template.Library()

# What people typed, names and keys, which no script conversion may touch.
_VERBATIM = {"person", "name", "email", "personnel_number", "cohort", "certificate"}
_WRAPS = {"institution", "course", "profession", "cohort"}
SHORT_KEY = 8


@register.simple_tag
def report_cell(row: CompletionRow, name: str) -> SafeString:
    """Return the table cell for a column of a row; on a phone its heading stands beside it."""
    text, heading = _shown(name, getattr(row, name)), HEADINGS[name]
    if name == "person":
        # The whole key stands in the file; on the page its beginning tells rows apart.
        text = format_html('<abbr title="{}">{}</abbr>', text, text[:SHORT_KEY])
    if name in _VERBATIM:
        css = "key" if name == "person" else "wraps" if name in _WRAPS else ""
        cell = '<td role="cell" class="{}" translate="no" data-label="{}">{}</td>'
        return format_html(cell, css, heading, text)
    css = "wraps" if name in _WRAPS else ""
    return format_html('<td role="cell" class="{}" data-label="{}">{}</td>', css, heading, text)


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if name == "status":
        return str(STATUSES[value])
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATE_FORMAT")
    if isinstance(value, float):
        return number_format(value)
    return str(value) or "–"
