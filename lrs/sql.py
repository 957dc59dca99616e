"""The little SQL that differs between the databases."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.expressions import Func

_FEW = 20


class CurrentTransaction(Func):
    """The number of the running transaction on PostgreSQL, zero on SQLite."""

    output_field = models.BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        return "0", []

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        return "(pg_current_xact_id()::text::bigint)", []


def is_postgresql() -> bool:
    """Say which of the two databases this site runs on."""
    return connection.vendor == "postgresql"


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert many rows of plain values: no objects, no returned ids.

    An order of magnitude faster than `bulk_create`, which builds an object and adapts each value
    by its field. Values must be what the database's driver understands.
    """
    table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if is_postgresql() and len(rows) > _FEW:
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = "(" + ", ".join(["%s"] * len(columns)) + ")"
        if is_postgresql():
            values = [value for row in rows for value in row]
            cursor.execute(
                f'INSERT INTO "{table}" ({names}) VALUES ' + ", ".join([marks] * len(rows)), values
            )
        else:
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES {marks}', rows)


def adapted(field: str, model: type[models.Model], values: Iterable[Any]) -> list[Any]:
    """Return values as the column of a field keeps them in this database."""
    column = model._meta.get_field(field)
    return [column.get_db_prep_value(value, connection, prepared=False) for value in values]
