"""A past that is written at once: many whole registrations, with all that is folded from them.

It is what `lrs.log` writes one statement after the other, but nothing is set in motion by it: no
certificate is drawn, no letter is sent. For populations that are made, not for what happens.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from lrs.appending import append_past
from lrs.entries import Entry
from lrs.events import Event
from lrs.rebuilding import rebuilt
from lrs.sql import insert
from lrs.watching import Cause, Changed, tell

_PLAIN = (str, int, float, bool, type(None))


def write_past(entries: Sequence[Entry]) -> int:
    """Append entries of this site, write the rows folded from them, and tell who watches rows.

    Every registration comes whole and is not in the log yet: rows are made anew, none is looked
    for. Returns how many rows were folded. Raises IntegrityError for what is there already.
    """
    events = [Event.of_entry(entry) for entry in entries]
    tables = rebuilt(events)
    with transaction.atomic():
        append_past(entries)
        for model, rows in tables.items():
            insert_rows(model, rows)
        made = [Changed(row, {}, is_new=True) for row in chain.from_iterable(tables.values())]
        tell(made, Cause.of(events))
    return len(made)


def insert_rows(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert objects as `bulk_create` does, several times as fast; they do not learn their number.

    Works for models without defaults of the database and without values made on saving.
    """
    if not rows:
        return
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.get_internal_type() not in ("AutoField", "BigAutoField")
    ]
    adapted = [(field.attname, _adapter(field)) for field in fields]
    insert(
        model,
        [str(field.column) for field in fields],
        [[adapt(getattr(row, name)) for name, adapt in adapted] for row in rows],
    )


def _adapter(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Return what makes of a value what the driver understands: most are that already."""
    database = connections[DEFAULT_DB_ALIAS]
    is_plain = not isinstance(field, models.JSONField)

    def adapt(value: Any) -> Any:
        if is_plain and type(value) in _PLAIN:
            return value
        return field.get_db_prep_save(value, database)

    return adapt
