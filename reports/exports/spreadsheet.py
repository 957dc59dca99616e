"""The report as a workbook: rows with real numbers and dates, what they mean, and what it is."""

from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from reports.columns import Column, Shown
from reports.dictionary import data_dictionary
from reports.exports.report import Report, about
from reports.files import DICTIONARY
from reports.row import COLUMNS, CompletionRow
from reports.workbook import Book, Value, workbook

_WIDTHS: dict[str, float] = {"UUID": 15, "datetime": 19, "date": 12, "int": 9, "float": 9}
_WIDE = {"name", "email", "institution_name", "institution_now_name", "course_name", "cohort"}


def write_xlsx(file: BinaryIO, report: Report) -> None:
    """Write the workbook. Raises SheetFull."""
    title = report.in_script(_("Completion report"))
    with workbook(file, title=title, author="Putokaz", at=report.at) as book:
        _rows(book, report)
        _dictionary(book, report)
        _about(book, report)


def _rows(book: Book, report: Report) -> None:
    columns = [COLUMNS[name] for name in report.columns]
    sheet = book.sheet(
        report.in_script(_("Completions")),
        [report.in_script(one.heading) for one in columns],
        [_width(one) for one in columns],
    )
    for row in report.rows:
        sheet.write([_value(row, one, report) for one in columns])


def _value(row: CompletionRow, one: Column, report: Report) -> Value:
    value: Any = getattr(row, one.name)
    return report.in_script(value) if value and one.shown == Shown.SITE else value


def _width(one: Column) -> float:
    return 32 if one.name in _WIDE else _WIDTHS.get(one.type.__name__, 18)


def _dictionary(book: Book, report: Report) -> None:
    headings = [report.in_script(heading) for heading in DICTIONARY.values()]
    sheet = book.sheet(report.in_script(_("Data dictionary")), headings, [24, 24, 70, 20, 34, 34])
    for entry in data_dictionary(names=report.columns, language=report.language):
        said = vars(entry) | {"values": " ".join(entry.values)}
        sheet.write([said[name] for name in DICTIONARY])


def _about(book: Book, report: Report) -> None:
    headings = [report.in_script(_("About this report")), ""]
    sheet = book.sheet(headings[0], headings, [34, 90])
    for one in about(report):
        value = one.value if one.typed else report.in_script(one.value)
        sheet.write([report.in_script(one.heading), value])
