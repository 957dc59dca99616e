"""Writes one whole report as a file, in a process of its own; prints time and memory as JSON.

`python -m bench.reports.files FORMAT MANDATE`; without words it prints which formats there are.
Another format is another line in `FORMATS`.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from typing import BinaryIO

import django

django.setup()

from django.utils import timezone

from people.models import Mandate
from reports.completions import completions
from reports.digests import digests
from reports.exports.making import Wish, disclosure_of, make_file
from reports.filters import Filters
from reports.models import Kind, Purpose
from reports.statistics.pack import PACK, as_workbook

Writer = Callable[[Mandate, BinaryIO], int]


def main() -> None:
    if len(sys.argv) == 1:
        print(json.dumps(list(FORMATS)))
        return
    format_, mandate = sys.argv[1], Mandate.objects.get(pk=int(sys.argv[2]))
    with tempfile.TemporaryFile() as file:
        before = _peak()
        began, worked = time.perf_counter(), time.process_time()
        rows = FORMATS[format_](mandate, file)
        print(
            json.dumps(
                {
                    "format": format_,
                    "rows": rows,
                    "seconds": time.perf_counter() - began,
                    "processor": time.process_time() - worked,
                    "peak": _peak(),
                    "grown": _peak() - before,
                    "bytes": file.seek(0, 2),
                }
            )
        )


def _export(kind: str) -> Writer:
    """Make a file as an officer gets it: with who is in it, and its fingerprint."""

    def write(mandate: Mandate, file: BinaryIO) -> int:
        wish = Wish(kind=kind, language="sr", purpose=Purpose.STATISTICS)
        filters, now = Filters(), timezone.now()
        disclosure = disclosure_of(
            by=mandate.holder, mandate=mandate, filters=filters, wish=wish, at=now
        )
        return make_file(
            file, disclosure, mandate=mandate, filters=filters, far=lambda rows: None
        ).rows

    return write


def _digest(by: str) -> Writer:
    def write(mandate: Mandate, file: BinaryIO) -> int:
        found = list(digests(mandate=mandate, by=by))
        file.write(json.dumps([vars(one) for one in found]).encode())
        return sum(one.rows for one in found)

    return write


def _pack(mandate: Mandate, file: BinaryIO) -> int:
    """Make the statistics as a workbook; its rows are the participations that it counts."""
    made = as_workbook(PACK, mandate=mandate, filters=Filters(), language="sr", at=timezone.now())
    file.write(made)
    return completions(mandate=mandate, filters=Filters()).count()


def _peak() -> int:
    """Return the most memory that this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


FORMATS: dict[str, Writer] = {
    "CSV": _export(Kind.CSV),
    "XLSX": _export(Kind.XLSX),
    "JSON Lines (ZIP)": _export(Kind.JSONL_ZIP),
    "digest by course": _digest("course"),
    "digest by day": _digest("day"),
    "statistics (XLSX)": _pack,
}

if __name__ == "__main__":
    main()
