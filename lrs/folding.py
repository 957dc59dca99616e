"""From statements to rows: pure folds, merged in a way that order and repeats cannot matter.

A fold turns one event into changes. A change says what the event fixes about a row, and what it
may only lower (`earliest`) or raise (`latest`). Merging changes is therefore commutative and
idempotent: a log read backwards, or twice, gives the same rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lrs.events import Event
from lrs.models import ProjectedRow

State = dict[str, Any]
RowKey = tuple[type[ProjectedRow], tuple[tuple[str, Any], ...]]


@dataclass(frozen=True)
class Change:
    """What one event says about the row of `model` with this natural `key`."""

    model: type[ProjectedRow]
    key: dict[str, Any]
    fixed: State = field(default_factory=dict)
    earliest: State = field(default_factory=dict)
    latest: State = field(default_factory=dict)

    @property
    def row(self) -> RowKey:
        return self.model, tuple(self.key.items())


@dataclass(frozen=True)
class Projection:
    """A registered fold: the verbs it reads and the models it alone writes."""

    name: str
    verbs: frozenset[str]
    models: tuple[type[ProjectedRow], ...]
    fold: Callable[[Event], Iterable[Change]]


_projections: dict[str, Projection] = {}


def register(projection: Projection) -> None:
    """Make a projection known; called once from `AppConfig.ready()`."""
    _projections[projection.name] = projection


def projections() -> list[Projection]:
    """Return every registered projection."""
    return list(_projections.values())


def changes_of(events: Iterable[Event], by: Sequence[Projection] | None = None) -> Iterable[Change]:
    """Yield what all projections, or these, make of the events."""
    for event in events:
        for projection in projections() if by is None else by:
            if event.verb in projection.verbs:
                yield from projection.fold(event)


def merge(state: State, change: Change) -> None:
    """Apply a change to the state of its row."""
    state.update(change.fixed)
    for name, value in change.earliest.items():
        known = state.get(name)
        state[name] = value if known is None else min(known, value)
    for name, value in change.latest.items():
        known = state.get(name)
        state[name] = value if known is None else max(known, value)


def grouped(changes: Iterable[Change]) -> dict[RowKey, list[Change]]:
    """Return the changes by the row they concern."""
    rows: dict[RowKey, list[Change]] = {}
    for change in changes:
        rows.setdefault(change.row, []).append(change)
    return rows
