"""Projections made anew from the log alone, and compared with what is live.

Each row belongs to one registration. So a long log is folded slice by slice of the registrations,
and takes no more memory than a short one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from lrs.events import Event
from lrs.folding import Projection, RowKey, State, changes_of, grouped, merge, projections
from lrs.models import ProjectedRow, Statement, Voided
from lrs.watching import Cause, Changed, differing, tell, watched

Table = dict[tuple[Any, ...], State]
Inspection = Callable[[], Iterable[str]]
_BATCH = 1000
# Statements that are folded at once; a log of more is cut into so many slices.
_AT_ONCE = 100_000
_SLICES = 256


@dataclass(frozen=True)
class Difference:
    """A row that is not what the log says. `rebuilt` or `live` is None where a side lacks it."""

    model: str
    key: tuple[Any, ...]
    rebuilt: State | None
    live: State | None


_inspections: dict[str, Inspection] = {}


def register_inspection(name: str, inspection: Inspection) -> None:
    """Let a floor say in sentences what it keeps beside the log and finds missing or altered."""
    _inspections[name] = inspection


def found_amiss() -> list[str]:
    """Return what every registered inspection complains about."""
    return [f"{name}: {line}" for name, look in _inspections.items() for line in look()]


def all_events() -> Iterator[Event]:
    """Yield what this site recorded and did not take back, in the order of `stored`, then id."""
    return _events(Q())


def _events(part: Q) -> Iterator[Event]:
    voided = Voided.objects.filter(by_site=True).values("target")
    log = Statement.objects.filter(part, credential=None).exclude(id__in=voided)
    return map(Event.of, log.order_by("stored", "id").iterator(chunk_size=_BATCH))


def _slices() -> list[Q]:
    """Return conditions that hold for each registration once: one, or many if the log is long."""
    if not Statement.objects.filter(credential=None)[_AT_ONCE:].exists():
        return [Q()]
    bounds = [UUID(int=number * 2**128 // _SLICES) for number in range(_SLICES)]
    parts = [
        Q(registration__gte=first, registration__lt=after) for first, after in pairwise(bounds)
    ]
    return [*parts, Q(registration__gte=bounds[-1])]


def rebuilt(
    events: Iterable[Event], by: Sequence[Projection] | None = None
) -> dict[type[ProjectedRow], list[ProjectedRow]]:
    """Return unsaved rows of every projection, or of these, folded from the events."""
    rows: dict[RowKey, ProjectedRow] = {}
    for key, changes in grouped(changes_of(events, by)).items():
        row = key[0](**dict(key[1]))
        state: State = {}
        for change in changes:
            merge(state, change)
        for name, value in state.items():
            setattr(row, name, value)
        rows[key] = row
    tables: dict[type[ProjectedRow], list[ProjectedRow]] = {m: [] for m in projected_models()}
    for (model, _), row in rows.items():
        tables[model].append(row)
    return tables


def projected_models() -> list[type[ProjectedRow]]:
    """Return the models that projections own."""
    return list({model: None for projection in projections() for model in projection.models})


def rebuild() -> int:
    """Replace every projection by what the log says; return the number of rows written.

    Whoever watches rows is told of those that were not what the log says.
    """
    count = 0
    repaired: list[Changed] = []
    with transaction.atomic():
        for part in _slices():
            for model, rows in rebuilt(_events(part)).items():
                live = model._default_manager.filter(part)
                if model in watched():
                    repaired += differing(live, rows, model.natural_key_fields)
                live.delete()
                model._default_manager.bulk_create(rows, batch_size=_BATCH)
                count += len(rows)
        tell(repaired, Cause({}, is_correction=True))
    return count


def refold(registration: UUID) -> list[Changed]:
    """Make the rows of one registration anew, after one of its statements was taken back.

    Returns what is otherwise than before, of the models that are watched.
    """
    voided = Voided.objects.filter(by_site=True).values("target")
    log = Statement.objects.filter(registration=registration, credential=None)
    events = [Event.of(row) for row in log.exclude(id__in=voided).order_by("stored", "id")]
    changed: list[Changed] = []
    for model, rows in rebuilt(events).items():
        live = model._default_manager.filter(registration=registration)
        if model in watched():
            changed += differing(list(live), rows, model.natural_key_fields)
        live.delete()
        model._default_manager.bulk_create(rows)
    return changed


def differences(events: Iterable[Event] | None = None) -> list[Difference]:
    """Compare live projections with those folded from `events` (by default the whole log)."""
    if events is not None:
        return _differences(events, Q())
    return [one for part in _slices() for one in _differences(_events(part), part)]


def _differences(events: Iterable[Event], part: Q) -> list[Difference]:
    found = []
    for model, rows in rebuilt(events).items():
        expected = _table(rows)
        actual = _table(model._default_manager.filter(part).iterator(chunk_size=_BATCH))
        found += [
            Difference(model._meta.label, key, expected.get(key), actual.get(key))
            for key in sorted(expected.keys() | actual.keys(), key=str)
            if expected.get(key) != actual.get(key)
        ]
    return found


def _table(rows: Iterable[ProjectedRow]) -> Table:
    table: Table = {}
    for row in rows:
        fields = [f for f in row._meta.concrete_fields if not isinstance(f, models.AutoField)]
        state = {field.attname: field.to_python(getattr(row, field.attname)) for field in fields}
        key = tuple(state[name] for name in row.natural_key_fields)
        table[key] = state
    return table
