"""Make a file of a report, whatever its format, and write down what is in it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.utils.translation import override

from people.models import Mandate, User
from reports.completions import all_rows, completions, totals_of
from reports.disclosures.giving import given
from reports.disclosures.members import Members
from reports.exports.parcels import write_csv, write_csv_parcel, write_jsonl_parcel
from reports.exports.report import Report
from reports.exports.spreadsheet import write_xlsx
from reports.exports.summary import write_pdf
from reports.filters import Filters
from reports.models import Disclosure, Kind
from reports.row import CompletionRow

Far = Callable[[int], None]
_READ = 1024 * 1024


@dataclass(frozen=True)
class Format:
    """How a file is written, and what it is called. Without rows it is of figures alone."""

    write: Callable[[BinaryIO, Report], None]
    name: str
    media_type: str
    has_rows: bool = True


_ZIP = "application/zip"
FORMATS: Mapping[str, Format] = {
    Kind.XLSX: Format(
        write_xlsx,
        "completions.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Kind.CSV_ZIP: Format(write_csv_parcel, "completions-csv.zip", _ZIP),
    Kind.CSV: Format(write_csv, "completions.csv", "text/csv; charset=utf-8"),
    Kind.JSONL_ZIP: Format(write_jsonl_parcel, "completions-jsonl.zip", _ZIP),
    Kind.PDF: Format(write_pdf, "completions-summary.pdf", "application/pdf", has_rows=False),
}


@dataclass(frozen=True)
class Wish:
    """What somebody wants: a format and language, and for what."""

    kind: str
    language: str
    purpose: str
    purpose_words: str = ""


def disclosure_of(
    *, by: User, mandate: Mandate, filters: Filters, wish: Wish, at: datetime
) -> Disclosure:
    """Return, not saved yet, that somebody is given a file."""
    return given(
        by=by,
        mandate=mandate,
        at=at,
        filters=filters.as_query(),
        as_of=filters.moment,
        identified=mandate.identified and FORMATS[wish.kind].has_rows,
        exact_results=mandate.exact_results and FORMATS[wish.kind].has_rows,
        outcome=Disclosure.Outcome.MAKING,
        **vars(wish),
    )


def make_file(
    file: BinaryIO, disclosure: Disclosure, *, mandate: Mandate, filters: Filters, far: Far
) -> Members:
    """Write the file; fill in rows and fingerprint; return who is in it. Figures count persons.

    `far` is told the number of rows so far, and may raise to give up. Raises SheetFull,
    RendererMissing, CannotSeal.
    """
    members = Members()
    with override(disclosure.language):
        rows = _noted(all_rows(mandate=mandate, filters=filters), members, far)
        report = Report(mandate, filters, disclosure.language, disclosure.at, rows, members)
        FORMATS[disclosure.kind].write(file, report)
    if FORMATS[disclosure.kind].has_rows:
        disclosure.rows = members.rows
    else:
        disclosure.persons = totals_of(completions(mandate=mandate, filters=filters)).persons
    disclosure.sha256 = _fingerprint(file)
    return members


def _noted(rows: Iterator[CompletionRow], members: Members, far: Far) -> Iterator[CompletionRow]:
    for row in members.noting(rows):
        far(members.rows)
        yield row


def _fingerprint(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_READ):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
