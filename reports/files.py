"""The completion report, and what its columns mean, as files."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from courses.spreadsheets import harmless
from reports.columns import Shown
from reports.dictionary import Entry, data_dictionary
from reports.row import COLUMNS, CompletionRow
from serbian import in_script

DICTIONARY = {
    "name": _("Column in the API"),
    "heading": _("Heading"),
    "description": _("What it says"),
    "type": _("Type"),
    "seen_by": _("Seen by"),
    "source": _("Comes from"),
    "values": _("Values"),
}


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
        headings = [in_script(str(COLUMNS[name].heading), language) for name in columns]
        yield "\ufeff" + writer.writerow(headings)
        for row in rows:
            yield writer.writerow([cell(row, name, language) for name in columns])


def dictionary_lines(*, columns: list[str], language: str) -> Iterator[str]:
    """Yield the data dictionary of these columns as a CSV file of the same kind."""
    writer = csv.writer(_Echo(), delimiter=";" if language.startswith("sr") else ",")
    with override(language):
        names = [field.name for field in fields(Entry)]
        yield "\ufeff" + writer.writerow(in_script(str(DICTIONARY[n]), language) for n in names)
        for entry in data_dictionary(names=columns, language=language):
            values = vars(entry) | {"values": " ".join(entry.values)}
            yield writer.writerow([values[name] for name in names])


def cell(row: CompletionRow, name: str, language: str) -> str:
    """Return a value as it stands in a file; words of the site in the script of the reader."""
    text = _plain(getattr(row, name), serbian=language.startswith("sr"))
    return in_script(text, language) if COLUMNS[name].shown == Shown.SITE else text


def _plain(value: Any, *, serbian: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(value).replace(".", ",") if serbian else str(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else str(value)
