"""Bring projection rows up to date, inside the transaction of the append."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from lrs.folding import Change, State, grouped, merge
from lrs.models import ProjectedRow
from lrs.watching import Changed

_TRIES = 3
Rows = dict[tuple[Any, ...], list[Change]]


def apply(changes: Iterable[Change]) -> list[Changed]:
    """Merge changes into their rows; return what is otherwise than before.

    Rows are locked in key order, so appends cannot deadlock.
    """
    by_model: dict[type[ProjectedRow], Rows] = {}
    for (model, key), row_changes in grouped(changes).items():
        by_model.setdefault(model, {})[tuple(value for _, value in key)] = row_changes
    models = sorted(by_model, key=lambda model: model._meta.label)
    return [changed for model in models for changed in _apply_to(model, by_model[model])]


def _apply_to(model: type[ProjectedRow], rows: Rows) -> list[Changed]:
    names = list(next(iter(rows.values()))[0].key)
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _write(model, names, rows)
        except IntegrityError:
            # Another writer made one of the rows first: read again what it wrote.
            if attempt == _TRIES - 1:
                raise
    return []


def _write(model: type[ProjectedRow], names: list[str], rows: Rows) -> list[Changed]:
    wanted = {f"{name}__in": {key[at] for key in rows} for at, name in enumerate(names)}
    found = {
        tuple(getattr(row, name) for name in names): row
        for row in model._default_manager.select_for_update().filter(**wanted).order_by(*names)
    }
    missing = []
    touched: dict[str, None] = {}
    changed = []
    for key in sorted(rows, key=str):
        row = found.get(key)
        if row is None:
            row = model(**dict(zip(names, key, strict=True)))
            missing.append(row)
            _merge_into(row, rows[key])
        elif before := _merge_into(row, rows[key]):
            touched |= dict.fromkeys(before)
            changed.append(Changed(row, before))
    if missing:
        model._default_manager.bulk_create(missing)
    if changed:
        model._default_manager.bulk_update([one.row for one in changed], list(touched))
    return changed + [Changed(row, {}, is_new=True) for row in missing]


def _merge_into(row: ProjectedRow, changes: list[Change]) -> State:
    """Merge changes into a row; return the former values of the fields that differ now."""
    names = {n for c in changes for n in (*c.fixed, *c.earliest, *c.latest)}
    before: State = {name: getattr(row, name) for name in names}
    after = dict(before)
    for change in changes:
        merge(after, change)
    for name, value in after.items():
        setattr(row, name, value)
    return {name: before[name] for name in names if after[name] != before[name]}
