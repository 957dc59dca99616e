"""What is counted while rows go by: on a disk of its own, so that memory stays flat."""

import sqlite3
from collections.abc import Iterable
from uuid import UUID

from reports.aggregates import Figures
from reports.row import CompletionRow

_TABLE = """
CREATE TABLE said (
    person TEXT, course TEXT, edition INTEGER, profession TEXT, completed INTEGER, minutes INTEGER
)
"""
# Hours in a row are minutes / 60, rounded to hundredths: not a third of a minute is lost, so the
# minutes are whole again. Sums of them are exact, and rounded once.
_FIGURES = """
SELECT {group}, count(DISTINCT person), count(*),
       count(DISTINCT CASE WHEN completed THEN person END), total(completed), total(minutes)
FROM said GROUP BY 1 ORDER BY 1
"""
_HOUR = 60  # minutes
_OF_ROWS = "SELECT total(round(minutes / 60.0 * 100)) FROM said"


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
                    round((row.hours or 0) * _HOUR),
                )
                for row in rows
            ),
        )

    def total(self) -> Figures:
        """Return the figures of all rows."""
        found = self._figures("''")
        return found[0] if found else Figures("", 0, 0, 0, 0, 0.0)

    def hours_of_rows(self) -> float:
        """Return the sum of hours that are rounded in each row, as definition 1 gave it."""
        hundredths: float = self._db.execute(_OF_ROWS).fetchone()[0]
        return hundredths / 100

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
                hours=round(minutes / _HOUR, 2),
            )
            for key, persons, participations, persons_completed, completions, minutes in (
                self._db.execute(_FIGURES.format(group=group))
            )
        ]
