"""Tables as a workbook (XLSX) with real numbers and dates, written row by row.

Rows go to the disk as they come, so that a million of them take no more memory than one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import BinaryIO
from uuid import UUID

import xlsxwriter
from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

# What a sheet can hold (ECMA-376; Excel's own limit), the headings being one of them.
ROWS = 1_048_576
TEXT = 32_767
_TWO_LINES = 30  # points

Value = str | int | float | bool | date | datetime | UUID | None


class SheetFull(ValueError):
    """A table has more rows than a sheet of a workbook can hold."""


@dataclass
class Sheet:
    """A sheet that is written from the top; what was written stays."""

    _sheet: Worksheet
    _day: Format
    _moment: Format
    _next: int

    def write(self, values: Sequence[Value]) -> None:
        """Add a row. Moments are written in Belgrade time. Raises SheetFull."""
        if self._next >= ROWS:
            raise SheetFull(self._sheet.get_name())
        for column, value in enumerate(values):
            self._cell(column, value)
        self._next += 1

    def _cell(self, column: int, value: Value) -> None:
        sheet, row = self._sheet, self._next
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        elif isinstance(value, datetime):
            local = timezone.localtime(value).replace(tzinfo=None)
            sheet.write_datetime(row, column, local, self._moment)
        elif isinstance(value, date):
            sheet.write_datetime(
                row, column, datetime(value.year, value.month, value.day), self._day
            )
        else:
            # As a string whatever it begins with: a spreadsheet never takes it for a formula.
            sheet.write_string(row, column, str(value)[:TEXT])


class Book:
    """A workbook that is being written."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def sheet(self, name: str, headings: Sequence[str], widths: Sequence[float] = ()) -> Sheet:
        """Begin a sheet with its headings; they stay in sight, and can be filtered by.

        Sheets are written one after the other. `widths` are in characters.
        """
        sheet = self._book.add_worksheet(_allowed(name))
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, _TWO_LINES)  # rows that are gone to the disk are not measured later
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self._head)
        return Sheet(sheet, self._day, self._moment, 1)


@contextmanager
def workbook(file: BinaryIO, *, title: str, author: str, at: datetime) -> Iterator[Book]:
    """Write a workbook into a file while the block runs; it says that it was made at a moment."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    moment = at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "author": author, "created": moment})
    try:
        yield Book(book)
    finally:
        book.close()


def _allowed(name: str) -> str:
    """Return a name that a sheet may have: 31 characters, without those of addresses."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in name)[:31].strip()
