"""The completion report as a file."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from courses.spreadsheets import harmless
from reports.completions import CompletionRow
from reports.filters import STATUSES
from serbian import in_script

HEADINGS = {
    "enrolment": _("Enrolment"),
    "person": _("Person key"),
    "name": _("Name"),
    "email": _("Official e-mail"),
    "personnel_number": _("Personnel number"),
    "profession": _("Profession"),
    "institution": _("Institution"),
    "course": _("Course"),
    "edition": _("Edition"),
    "cohort": _("Cohort"),
    "status": _("Status"),
    "enrolled_at": _("Enrolled on"),
    "started_at": _("Started on"),
    "completed_at": _("Completed on"),
    "withdrawn_at": _("Withdrawn on"),
    "hours": _("Hours"),
    "result": _("Result, per cent"),
    "certificate": _("Certificate"),
}
# Words of the site; names and what people typed stay in their script.
_WORDS = {"profession", "institution", "course", "status"}


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(*, rows: Iterable[CompletionRow], columns: list[str], language: str) -> Iterator[str]:
    """Yield a CSV file line by line: UTF-8 with BOM, in a language and script.

    It opens with a double click in the reader's spreadsheet: in Serbian with semicolons and
    decimal commas, in English with commas and points. Lines are made while they are sent, when
    the request's own language may be over.
    """
    serbian = language.startswith("sr")
    writer = csv.writer(_Echo(), delimiter=";" if serbian else ",")
    with override(language):
        headings = [in_script(str(HEADINGS[name]), language) for name in columns]
        yield "\ufeff" + writer.writerow(headings)
        for row in rows:
            cells = ((name, _cell(name, getattr(row, name), serbian)) for name in columns)
            yield writer.writerow(
                [in_script(cell, language) if name in _WORDS else cell for name, cell in cells]
            )


def _cell(name: str, value: Any, serbian: bool) -> str:
    if value is None:
        return ""
    if name == "status":
        return str(STATUSES[value])
    if isinstance(value, float):
        return str(value).replace(".", ",") if serbian else str(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    return harmless(value) if isinstance(value, str) else str(value)
