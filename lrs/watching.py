"""Who is told that a projected row is otherwise than before, in the transaction that made it so.

A reaction is about a statement; a watch is about rows, whichever statement changed them: one that
was recorded, one that was taken back, or none, when projections are made anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lrs.events import Event
from lrs.folding import State
from lrs.models import ProjectedRow


@dataclass(frozen=True)
class Changed:
    """A row and the values it had before: those that differ; all of them where the row is gone."""

    row: ProjectedRow
    before: State
    is_new: bool = False
    is_gone: bool = False

    @property
    def registration(self) -> UUID:
        return self.row.registration


@dataclass(frozen=True)
class Cause:
    """Why rows changed: the newest event of each registration, or a repair where there is none."""

    events: Mapping[UUID, Event]
    is_correction: bool = False

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Cause":
        return cls({event.registration: event for event in events if event.registration})


Teller = Callable[[Sequence[Changed], Cause], None]


@dataclass(frozen=True)
class Watch:
    """Tell of rows in which one of these columns is otherwise than before."""

    name: str
    columns: Mapping[type[ProjectedRow], frozenset[str]]
    tell: Teller

    def heeds(self, changed: Changed) -> bool:
        """Say whether a change is one of those that are looked for."""
        wanted = self.columns.get(type(changed.row))
        if wanted is None:
            return False
        return changed.is_new or changed.is_gone or not wanted.isdisjoint(changed.before)


_watches: dict[str, Watch] = {}


def register(watch: Watch) -> None:
    """Make a watch known; called once from `AppConfig.ready()`."""
    _watches[watch.name] = watch


def watched() -> set[type[ProjectedRow]]:
    """Return the models of all watches."""
    return {model for watch in _watches.values() for model in watch.columns}


def tell(changes: Sequence[Changed], cause: Cause) -> None:
    """Tell each watch what it looks for."""
    for watch in _watches.values():
        heeded = [changed for changed in changes if watch.heeds(changed)]
        if heeded:
            watch.tell(heeded, cause)


def differing(
    live: Iterable[ProjectedRow], made: Iterable[ProjectedRow], key: Sequence[str]
) -> list[Changed]:
    """Return what changes when `made` takes the place of `live`, both of one model."""
    before = {_key(row, key): row for row in live}
    found = []
    for row in made:
        old = before.pop(_key(row, key), None)
        if old is None:
            found.append(Changed(row, {}, is_new=True))
        elif values := _other_values(old, row):
            found.append(Changed(row, values))
    return found + [Changed(old, _values(old), is_gone=True) for old in before.values()]


def _key(row: ProjectedRow, names: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


def _values(row: ProjectedRow) -> State:
    # The number of a row is new each time it is made; that is no change.
    fields = [
        field for field in row._meta.concrete_fields if field.get_internal_type() not in _AUTO
    ]
    return {field.attname: field.to_python(getattr(row, field.attname)) for field in fields}


_AUTO = ("AutoField", "BigAutoField")


def _other_values(old: ProjectedRow, new: ProjectedRow) -> State:
    after = _values(new)
    return {name: value for name, value in _values(old).items() if value != after[name]}
