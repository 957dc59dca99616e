"""How a cell of a report is shown on the page."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.completions import CompletionRow
from reports.filters import STATUSES

register = template.Library()

# What people typed, names and keys, which no script conversion may touch.
_VERBATIM = {"person", "name", "email", "personnel_number", "cohort", "certificate"}
_WRAPS = {"institution", "course"}


@register.simple_tag
def report_cell(row: CompletionRow, name: str) -> SafeString:
    """Return the table cell for a column of a row."""
    text = _shown(name, getattr(row, name))
    if name in _VERBATIM:
        css = "key" if name == "person" else ""
        return format_html('<td class="{}" translate="no">{}</td>', css, text)
    return format_html('<td class="{}">{}</td>', "wraps" if name in _WRAPS else "", text)


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
