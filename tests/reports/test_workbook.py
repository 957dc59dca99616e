"""A workbook has real numbers and dates, and no cell that a spreadsheet runs."""

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import pytest
from openpyxl import load_workbook

from reports import workbook as module
from reports.workbook import SheetFull, Value, workbook

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def made(*rows: list[Value], name: str = "Completions") -> BytesIO:
    file = BytesIO()
    with workbook(file, title="Completions", author="Putokaz", at=AT) as book:
        sheet = book.sheet(name, ["Text", "Whole", "Hours", "Day", "Moment", "Key"], [20, 8])
        for row in rows:
            sheet.write(row)
    file.seek(0)
    return file


def test_numbers_and_dates_are_what_they_are() -> None:
    key = UUID("4b1d7a52-0c3e-5f7b-9a41-6f2f0f6f2c11")
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    book = load_workbook(
        made(["Суд", 3, 1.5, date(2026, 7, 1), summer, key], [None, 0, 0.0, "", None, True])
    )
    first, second = list(book["Completions"].iter_rows(min_row=2, values_only=True))
    assert first == ("Суд", 3, 1.5, datetime(2026, 7, 1), datetime(2026, 7, 2, 0, 30), str(key))
    assert second == (None, 0, 0, None, None, True)
    assert book["Completions"]["D2"].number_format == "yyyy-mm-dd"
    assert (book.properties.title, book.properties.creator) == ("Completions", "Putokaz")


@pytest.mark.parametrize("text", ["=1+1", "+381 11", "-5", "@SUM(A1)", "\t=1", "http://x.example"])
def test_what_somebody_typed_is_never_run(text: str) -> None:
    cell = load_workbook(made([text]))["Completions"]["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_a_full_sheet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROWS", 3)
    made(["1"], ["2"])
    with pytest.raises(SheetFull):
        made(["1"], ["2"], ["3"])


def test_any_name_of_a_sheet_will_do() -> None:
    book = load_workbook(made(name="Higher Court: [A1] / appellate region A"))
    assert book.sheetnames == ["Higher Court   A1    appellate"]
