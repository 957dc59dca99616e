"""A table of figures, before it is a page, a sheet or paper: columns, and rows of values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any


class Kind(Enum):
    """What the values of a column are."""

    WORDS = auto()
    COUNT = auto()
    HOURS = auto()
    PERCENT = auto()  # of a hundred
    POINTS = auto()  # of a hundred, may be below nothing


class Hidden(Enum):
    """In place of a figure that would tell of fewer than five people."""

    HIDDEN = auto()


HIDDEN = Hidden.HIDDEN


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere, for those who may go there; elsewhere words alone."""

    words: str
    address: str


Value = str | int | float | Link | Hidden | None


@dataclass(frozen=True)
class Column:
    """`drawn` columns have a bar beside each figure."""

    heading: Any
    kind: Kind = Kind.WORDS
    drawn: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of values, one for each column. None: there is nothing to say."""

    name: str
    title: Any
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[Any] = field(default=())

    @property
    def largest(self) -> float:
        """The figure to which the bars of counts and hours are drawn."""
        return max((value for value in self._drawn() if isinstance(value, int | float)), default=0)

    def _drawn(self) -> list[Value]:
        scaled = (Kind.COUNT, Kind.HOURS)
        places = [n for n, c in enumerate(self.columns) if c.drawn and c.kind in scaled]
        return [row[place] for row in self.rows for place in places]


def shown(value: float | int | None) -> Value:
    """Return a figure that may be hidden."""
    return HIDDEN if value is None else value
