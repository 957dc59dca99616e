"""Lists of the obliged, as a personnel office writes them."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import openpyxl

from people.models import Mandate
from reports.coverage.keeping import Wanted, begin_list, confirm
from reports.models import ObligedUpload
from tests.reports.conftest import Justice

DUE = date(2026, 12, 31)
HEADINGS = ("Official e-mail", "Personnel number", "Name", "Institution", "Profession", "Function")


def csv_of(*lines: str, encoding: str = "utf-8") -> io.BytesIO:
    """Return a CSV file of these lines."""
    file = io.BytesIO("\r\n".join(lines).encode(encoding))
    file.name = "obliged.csv"
    return file


def by_email(*addresses: str) -> io.BytesIO:
    """Return the simplest file there is."""
    return csv_of("Official e-mail", *addresses)


def workbook_of(*rows: Sequence[Any]) -> io.BytesIO:
    """Return a workbook with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "obliged.xlsx"
    return file


def wanted(justice: Justice, **about: Any) -> Wanted:
    said = {"name": "Judges", "courses": [justice.course.course.translation_key], "due_on": DUE}
    return Wanted(**(said | about))


def read(
    justice: Justice, file: io.BytesIO, *, mandate: Mandate | None = None, **about: Any
) -> ObligedUpload:
    """Upload a list with a mandate that sees names; nobody has confirmed it yet."""
    mandate = mandate or with_names(justice)
    return begin_list(
        mandate=mandate, wanted=wanted(justice, **about), file=file, at=about.pop("at", justice.at)
    )


def listed(justice: Justice, *addresses: str, **about: Any) -> ObligedUpload:
    """Return a list in force of people known by their address."""
    upload = read(justice, by_email(*addresses), **about)
    confirm(upload, at=justice.at)
    return upload


def with_names(justice: Justice) -> Mandate:
    """Return the mandate of the officer, who now sees names."""
    justice.mandate.identified = True
    justice.mandate.save()
    return justice.mandate


def taken(upload: ObligedUpload) -> dict[int, str]:
    """Return who was taken, by the number of the line."""
    people = upload.people.order_by("line")
    return {one.line: one.email or one.personnel_number for one in people}


def refused(upload: ObligedUpload) -> dict[int, str]:
    """Return why lines were not taken, by their number."""
    return {one["line"]: one["reason"] for one in upload.refused}


def moment(day: int, month: int = 11) -> datetime:
    """Return the morning of a day of 2026."""
    return datetime.fromisoformat(f"2026-{month:02d}-{day:02d}T09:00:00+00:00")
