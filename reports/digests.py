"""Counts and hashes over the rows, by which two copies of a report are compared.

A canonical row is the JSON of what comes from the log: names, which are looked up when a report is
read, are no part of it, nor is what the mandate may not see.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.db.models import F
from ninja.responses import NinjaJSONEncoder

from courses.models import Enrolment
from people.models import Mandate
from reports.columns import Source, may_see
from reports.joining import rows
from reports.ranges import EVERYTHING, Range, enrolments_of
from reports.row import COLUMNS
from reports.schema import as_json

# How the rows are put in groups, and by which column of the database they come in that order.
GROUPS = {"course": "course_key", "day": "enrolled_at"}
_BATCH = 500


@dataclass(frozen=True)
class Digest:
    """One group: how many rows, and the SHA-256 over their canonical lines by enrolment key."""

    group: str
    rows: int
    sha256: str


def digests(*, mandate: Mandate, by: str, wanted: Range = EVERYTHING) -> Iterator[Digest]:
    """Yield the digest of each group of a range, in order. `by` is a key of GROUPS."""
    lines = _lines(mandate, by, wanted)
    for group, members in groupby(lines, key=lambda one: one[0]):
        # Within a day rows come by the moment: they are hashed by their keys. Those of a course
        # come in that order, and there may be very many: none is kept.
        digest, count = hashlib.sha256(), 0
        for _group, _key, line in sorted(members) if by == "day" else members:
            digest.update(line.encode() + b"\n")
            count += 1
        yield Digest(group, count, digest.hexdigest())


def canonical(values: dict[str, Any], columns: list[str]) -> str:
    """Return the line of a row: these columns as the API gives them, by name, without spaces."""
    said = {name: values[name] for name in columns}
    return json.dumps(said, cls=NinjaJSONEncoder, sort_keys=True, separators=(",", ":"))


def digested_columns(mandate: Mandate) -> list[str]:
    """Return the columns that a digest for this mandate is made of."""
    return [
        one.name
        for one in COLUMNS.values()
        if one.source != Source.JOINED and may_see(mandate, one)
    ]


def _lines(mandate: Mandate, by: str, wanted: Range) -> Iterator[tuple[str, str, str]]:
    """Yield group, enrolment key and canonical line of each row, group after group."""
    columns = digested_columns(mandate)
    found = enrolments_of(mandate=mandate, wanted=wanted)
    found = found.order_by(F(GROUPS[by]).asc(), "registration")
    each = found.iterator(chunk_size=_BATCH)
    while batch := list(islice(each, _BATCH)):
        for enrolment, row in zip(batch, rows(mandate=mandate, enrolments=batch), strict=True):
            line = canonical(as_json(row, "en"), columns)
            yield _group(enrolment, by), str(enrolment.registration), line


def _group(enrolment: Enrolment, by: str) -> str:
    if by == "course":
        return str(enrolment.course_key)
    return f"{enrolment.enrolled_at:%Y-%m-%d}" if enrolment.enrolled_at else ""
