"""What is counted while rows go by: on a disk of its own, so that memory stays flat."""

import sqlite3
from collections.abc import Iterable
from uuid import UUID

from reports.aggregates import Figures
from reports.row import CompletionRow

_TABLE = """
CREATE TABLE said (
    person TEXT, course TEXT, edition INTEGER, profession TEXT, completed INTEGER, hours INTEGER
)
"""
# Hours are kept in hundredths, as they stand in a row: sums do not depend on their order.
_FIGURES = """
SELECT {group}, count(DISTINCT person), count(*),
       count(DISTINCT CASE WHEN completed THEN person END), total(completed), total(hours)
FROM said GROUP BY 1 ORDER BY 1
"""
_HUNDREDTHS = 100


class Tally:
    """Rows that went by."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(_TABLE)
        self._db.execute("BEGIN")

    def close(self) -> None:
        self._db.close()

    def add(self, rows: Iterable[CompletionRow]) -> None:
        """Count rows."""
        self._db.executemany(
            "INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    row.person,
                    str(row.course),
                    row.edition,
                    row.profession,
                    row.completed_at is not None,
                    round((row.hours or 0) * _HUNDREDTHS),
                )
                for row in rows
            ),
        )

    def total(self) -> Figures:
        """Return the figures of all rows."""
        found = self._figures("''")
        return found[0] if found else Figures("", 0, 0, 0, 0, 0.0)

    def by_course(self) -> list[Figures]:
        return self._figures("course")

    def by_profession(self) -> list[Figures]:
        return self._figures("profession")

    def editions(self) -> list[tuple[UUID, int]]:
        """Return the editions of courses that stand in the rows, in order."""
        found = self._db.execute("SELECT DISTINCT course, edition FROM said ORDER BY 1, 2")
        return [(UUID(course), edition) for course, edition in found]

    def _figures(self, group: str) -> list[Figures]:
        return [
            Figures(
                key=key,
                persons=persons,
                participations=participations,
                persons_completed=persons_completed,
                completions=int(completions),
                hours=hours / _HUNDREDTHS,
            )
            for key, persons, participations, persons_completed, completions, hours in (
                self._db.execute(_FIGURES.format(group=group))
            )
        ]
