"""Files of a report, as an officer takes them, and what stands in them."""

import csv
import io
import json
import zipfile
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from people.models import Mandate, User
from reports.exports.filling import begin_export
from reports.exports.making import Wish, disclosure_of
from reports.filters import Filters
from reports.models import Export


def wanted(kind: str, *, language: str = "en", purpose: str = "records", **more: str) -> Any:
    return {"kind": kind, "language": language, "purpose": purpose, **more}


def take(
    browser: Client, kind: str, *, language: str = "en", query: Any = None, **more: str
) -> Any:
    """Ask for a file as the form of the report does."""
    address = reverse("new_file", query=query or {})
    return browser.post(address, wanted(kind, language=language, **more))


def take_people(browser: Client, key: UUID, file: str = "csv", **query: str) -> Any:
    """Ask for people of a list of the obliged as the form of its page does."""
    address = reverse("coverage_people", args=[key], query=query)
    return browser.post(address, {"file": file, "purpose": "planning"})


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def break_off(response: Any) -> None:
    """Take the first chunk and no other, as somebody does whose line is cut."""
    next(response.streaming_content)
    response._iterator.close()


def csv_rows(data: bytes, *, delimiter: str = ",") -> list[dict[str, str]]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=delimiter))


def in_parcel(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def json_lines(data: bytes) -> list[dict[str, Any]]:
    lines = in_parcel(data, "completions.jsonl").decode().splitlines()
    return [json.loads(line) for line in lines]


def sheets(data: bytes) -> list[list[tuple[Any, ...]]]:
    """Return the rows of each sheet of a workbook, headings first."""
    book = load_workbook(io.BytesIO(data))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def export_of(mandate: Mandate, by: User, at: Any, kind: str = "csv", **filters: Any) -> Export:
    """Return a file that is begun as a task."""
    wish = Wish(kind=kind, language="en", purpose="records")
    disclosure = disclosure_of(by=by, mandate=mandate, filters=Filters(**filters), wish=wish, at=at)
    return begin_export(disclosure, total=0)
