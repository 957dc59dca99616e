"""The little SQL that differs between the databases."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, models
from django.db.models.expressions import Func

_FEW = 20
_DEADLOCK = "40P01"


class CurrentTransaction(Func):
    """The number of the running transaction on PostgreSQL, zero on SQLite."""

    output_field = models.BigIntegerField()

    def as_sql(
        self, compiler: Any, connection: Any, *args: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        return "0", ()

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "(pg_current_xact_id()::text::bigint)", ()


@cache
def is_postgresql() -> bool:
    """Say which of the two databases this site runs on: asked for each value that is written."""
    return connection.vendor == "postgresql"


def is_collision(error: DatabaseError) -> bool:
    """Say whether only somebody else was in the way, so that another try may do.

    Either a key was taken, or, on PostgreSQL, two waited for each other's keys: whoever sends the
    same statements as another in another order at the same moment.
    """
    if isinstance(error, IntegrityError):
        return True
    return getattr(error.__cause__, "sqlstate", None) == _DEADLOCK


def select(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a query; on the hot path, where building it anew costs more than it."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def among(column: str, values: Sequence[Any]) -> tuple[str, Any]:
    """Return a condition that a column is one of the values, however many, and its parameter."""
    if is_postgresql():
        return f"{column} = ANY(%s)", list(values)
    return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(values))


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert many rows of plain values: no objects, no returned ids.

    An order of magnitude faster than `bulk_create`, which builds an object and adapts each value
    by its field. Values must be what the database's driver understands.
    """
    table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if is_postgresql() and len(rows) > _FEW:
            # Django gives its own names to the errors of queries, not to those of a COPY.
            with (
                connection.wrap_database_errors,
                cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
            ):
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


def as_uuid(value: UUID | None) -> UUID | str | None:
    """Return a UUID as its column keeps it: SQLite has 32 digits of text."""
    return value.hex if value is not None and not is_postgresql() else value


def as_moment(value: datetime) -> datetime | str:
    """Return a moment as its column keeps it: SQLite has text, in UTC."""
    return value if is_postgresql() else str(value.astimezone(UTC).replace(tzinfo=None))


def moment_of(value: datetime) -> datetime:
    """Return a moment as it was read by plain SQL: SQLite's come without their zone."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
