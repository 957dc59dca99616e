"""Tables as they are read, on the page and on paper: figures in words, with their bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import get_language

from assessments.forms.words import signed
from reports.figure_tables import HIDDEN as STAR
from reports.statistics.tables import HIDDEN, Column, Kind, Link, Table, Value
from serbian import in_script

SHORT = 12  # rows


@dataclass(frozen=True)
class Cell:
    """`bar` is how long the bar beside the figure is, 0 to 100; `label` the heading on a phone."""

    text: str
    label: str = ""
    is_figure: bool = True
    bar: float | None = None
    address: str = ""


@dataclass(frozen=True)
class Row:
    head: Cell
    cells: list[Cell]


@dataclass(frozen=True)
class Shown:
    """A table, ready to be read."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: list[Row]
    hides: bool

    @property
    def is_short(self) -> bool:
        """Whether it is kept together on a sheet of paper."""
        return len(self.rows) <= SHORT


def as_shown(table: Table) -> Shown:
    """Return a table in words of the active language."""
    rows = [
        [
            _cell(value, column, table.largest)
            for value, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    return Shown(
        name=table.name,
        title=str(table.title),
        columns=table.columns,
        rows=[Row(first, others) for first, *others in rows],
        hides=any(value is HIDDEN for row in table.rows for value in row),
    )


def _cell(value: Value, column: Column, largest: float) -> Cell:
    # Nobody converts the script of an attribute on its way out.
    label = in_script(str(column.heading), get_language() or "en")
    return Cell(
        text=_text(value, column.kind),
        label=label,
        is_figure=column.kind is not Kind.WORDS,
        bar=_bar(value, column, largest),
        address=value.address if isinstance(value, Link) else "",
    )


def _text(value: Value, kind: Kind) -> str:
    if value is HIDDEN:
        return STAR
    if value is None:
        return "–"
    if isinstance(value, Link):
        return value.words
    if isinstance(value, str) or kind is Kind.WORDS:
        return str(value)
    if kind is Kind.POINTS:
        return signed(float(value))
    if kind is Kind.PERCENT:
        return f"{signed(float(value))} %"
    return number_format(
        round(float(value), 1) if kind is Kind.HOURS else value, force_grouping=True
    )


def _bar(value: Value, column: Column, largest: float) -> float | None:
    if not column.drawn or not isinstance(value, int | float):
        return None
    whole = 100 if column.kind is Kind.PERCENT else largest
    return min(max(value / whole * 100, 0), 100) if whole else 0
