"""The keys of a report on a disk of its own, gone when it is closed: memory stays flat.

They are in the order of the report, and are counted, whatever their number. Source: SQLite makes
a temporary database for an empty name (sqlite.org/inmemorydb.html).
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from courses.models import Enrolment

_TABLES = """
CREATE TABLE kept (
    registration BLOB PRIMARY KEY, completed INTEGER, enrolled INTEGER, actor BLOB
) WITHOUT ROWID;
CREATE TABLE touched (registration BLOB PRIMARY KEY) WITHOUT ROWID;
"""
# As `reports.completions.completions` has them.
_ORDERED = """
SELECT registration FROM kept
ORDER BY completed DESC NULLS LAST, enrolled DESC NULLS LAST, registration
"""
_COUNTED = """
SELECT count(*), count(DISTINCT actor), count(completed),
       count(DISTINCT CASE WHEN completed IS NOT NULL THEN actor END) FROM kept
"""
_ZERO = datetime(2020, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
Key = tuple[UUID, datetime | None, datetime | None, UUID | None]


class Spool:
    """Enrolments that are in a report, and those that are still to be looked at."""

    def __init__(self) -> None:
        # A file may be sent by another thread than the one that began it, never by two at once.
        self._db = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")

    def close(self) -> None:
        self._db.close()

    def keep(self, keys: Iterable[Key]) -> None:
        """Keep enrolments, by registration, completion, enrolment and actor."""
        rows = ((k.bytes, _number(c), _number(e), a and a.bytes) for k, c, e, a in keys)
        self._db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)

    def keep_rows(self, enrolments: Iterable[Enrolment]) -> None:
        """Keep enrolments that are in hand."""
        self.keep((e.registration, e.completed_at, e.enrolled_at, e.actor) for e in enrolments)

    def touch(self, registrations: Iterable[UUID]) -> None:
        """Note that enrolments are to be looked at: until then they are not kept."""
        rows = ((one.bytes,) for one in registrations)
        self._db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", rows)
        self._db.execute(
            "DELETE FROM kept WHERE registration IN (SELECT registration FROM touched)"
        )

    def touched(self, size: int) -> Iterator[list[UUID]]:
        """Yield what is to be looked at, some hundreds at a time."""
        yield from self._batches("SELECT registration FROM touched ORDER BY 1", size)

    def batches(self, size: int) -> Iterator[list[UUID]]:
        """Yield what is kept, in the order of the report, some hundreds at a time."""
        yield from self._batches(_ORDERED, size)

    def between(self, start: int, stop: int) -> list[UUID]:
        """Return a part of what is kept, in the order of the report."""
        part = self._db.execute(f"{_ORDERED} LIMIT ? OFFSET ?", (max(stop - start, 0), start))
        return [UUID(bytes=key) for (key,) in part]

    def counts(self) -> tuple[int, int, int, int]:
        """Return participations, persons, completions, and persons who completed."""
        counts: tuple[int, int, int, int] = self._db.execute(_COUNTED).fetchone()
        return counts

    def _batches(self, sql: str, size: int) -> Iterator[list[UUID]]:
        found = self._db.execute(sql)
        while batch := found.fetchmany(size):
            yield [UUID(bytes=key) for (key,) in batch]


def _number(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - _ZERO) // _MICROSECOND
