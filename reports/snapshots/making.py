"""The files of a snapshot that the log gives back to the byte: CSV, JSON Lines and the manifest.

No clock, no name and no language decides anything in them. Keys are those of the API; moments are
in UTC, as the API gives them.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from courses.models import Edition
from courses.spreadsheets import harmless
from lrs.then import epoch_at, last_position_at
from reports.aggregates import Figures
from reports.digests import canonical
from reports.disclosures.members import Members
from reports.row import CompletionRow
from reports.schema import as_json
from reports.snapshots.frozen import OF_ROUNDED_ROWS, Frozen, opened
from reports.snapshots.tally import Tally

CSV, LINES, MANIFEST = "completions.csv", "completions.jsonl", "manifest.json"
FORMAT = "putokaz-snapshot/1"
_BATCH = 500
Say = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """What was written, who is in it, and what the summary tells of it."""

    manifest: dict[str, Any]
    sha256: str
    total: Figures
    by_course: list[Figures]
    by_profession: list[Figures]
    members: Members


def make(frozen: Frozen, folder: Path, *, say: Say) -> Made:
    """Write the files into a folder; `say` is told how many rows of how many are done.

    Raises UnknownCondition, UnreadableFilter if this software does not understand the filters.
    """
    with closing(Tally()) as tally, opened(frozen) as report:
        total, members = len(report), Members()
        rows = members.noting(report.each(_BATCH))
        with (
            (folder / CSV).open("w", encoding="utf-8", newline="") as table,
            (folder / LINES).open("w", encoding="utf-8", newline="") as lines,
        ):
            _write(frozen, rows, tally, table, lines, lambda n: say(n, total))
        manifest = _manifest(frozen, tally, folder)
        text = _canonical(manifest) + "\n"
        (folder / MANIFEST).write_text(text, encoding="utf-8", newline="")
        return Made(
            manifest=manifest,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            total=tally.total(),
            by_course=tally.by_course(),
            by_profession=tally.by_profession(),
            members=members,
        )


def sha256_of(file: IO[bytes]) -> tuple[str, int]:
    """Return the SHA-256 and the size of a file."""
    digest, size = hashlib.sha256(), 0
    while part := file.read(1 << 16):
        digest.update(part)
        size += len(part)
    return digest.hexdigest(), size


def _write(
    frozen: Frozen,
    rows: Iterator[CompletionRow],
    tally: Tally,
    table: IO[str],
    lines: IO[str],
    say: Callable[[int], None],
) -> None:
    table.write("\ufeff")
    writer = csv.writer(table)
    writer.writerow(frozen.columns)
    done = 0
    say(done)
    while batch := list(islice(rows, _BATCH)):
        tally.add(batch)
        for row in batch:
            line = canonical(as_json(row, "en"), frozen.columns)
            lines.write(line + "\n")
            said = json.loads(line)
            writer.writerow([_cell(said[name]) for name in frozen.columns])
        done += len(batch)
        say(done)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)


def _manifest(frozen: Frozen, tally: Tally, folder: Path) -> dict[str, Any]:
    total, by_rows = tally.total(), frozen.definition == OF_ROUNDED_ROWS
    return {
        "format": FORMAT,
        "report_definition": frozen.definition,
        "as_of": frozen.as_of.isoformat(),
        "filters": frozen.filters,
        "scope": {
            "sha256": frozen.scope.digest,
            "institutions": sorted(str(key) for key in frozen.scope.institutions),
            "professions": sorted(frozen.scope.professions),
            "identified": frozen.scope.rights[0],
            "exact_results": frozen.scope.rights[1],
        },
        "log": {
            "epoch": str(epoch_at(frozen.as_of)),
            "position": last_position_at(frozen.as_of),
        },
        "rules": _rules(tally),
        "counts": {
            "persons": total.persons,
            "participations": total.participations,
            "persons_completed": total.persons_completed,
            "completions": total.completions,
            "hours": tally.hours_of_rows() if by_rows else total.hours,
        },
        "columns": frozen.columns,
        "files": {name: _fingerprint(folder / name) for name in (CSV, LINES)},
    }


def _rules(tally: Tally) -> list[dict[str, Any]]:
    """Return which edition of which course stands in the rows, and the hash of what it froze."""
    wanted = tally.editions()
    found = Edition.objects.filter(course_key__in={course for course, _ in wanted})
    editions = {(one.course_key, one.number): one for one in found}
    return [
        {"course": str(course), "edition": number, "sha256": _frozen_by(edition)}
        for course, number in wanted
        if (edition := editions.get((course, number)))
    ]


def _frozen_by(edition: Edition) -> str:
    said = {
        "outline": edition.outline,
        "rule": edition.rule,
        "minutes": edition.minutes,
        "law_as_of": edition.law_as_of.isoformat(),
    }
    return hashlib.sha256(_canonical(said).encode()).hexdigest()


def _fingerprint(path: Path) -> dict[str, Any]:
    with io.FileIO(path) as file:
        digest, size = sha256_of(file)
    return {"sha256": digest, "bytes": size}


def _canonical(said: Any) -> str:
    """JSON with sorted names, without spaces, in ASCII."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"))
