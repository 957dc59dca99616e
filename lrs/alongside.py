"""Rows beside the log, read in the order in which they were committed, so that none is missed.

They have positions as statements have (see `lrs.feed`): a reader goes by transaction and then by
sequence, below the oldest transaction that still runs; on SQLite the sequence is enough.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from lrs.feed import Place, current_epoch, oldest_running
from lrs.models.alongside import Alongside
from lrs.sql import is_postgresql, select

Row = TypeVar("Row", bound=Alongside)

# When the first of those began that write and are not over; each role sees its own.
_BEGAN = """
SELECT least(min(xact_start), now()) FROM pg_stat_activity
WHERE datname = current_database() AND backend_xid IS NOT NULL
"""


# What can be seen at this moment: the last row below the oldest transaction that still runs, and
# each of the few above it. All in one statement, so at one moment.
_SEEN = """
WITH now AS (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest)
(SELECT transaction, sequence FROM "{table}", now WHERE transaction < oldest
 ORDER BY transaction DESC, sequence DESC LIMIT 1)
UNION ALL
(SELECT transaction, sequence FROM "{table}", now WHERE transaction >= oldest
 ORDER BY transaction, sequence LIMIT %s)
"""
_MANY = 1000


@dataclass(frozen=True)
class Horizon:
    """How far rows can be read: below a transaction, or up to a sequence where those count alone.

    No row that was made up to `through`, by the database's clock, can still come.
    """

    below: int | None
    last: int
    through: datetime | None


@dataclass(frozen=True)
class Seen:
    """Which rows there are for whoever looks now: the last ones stand for all before them."""

    epoch: UUID
    last: tuple[tuple[Any, ...], ...]


def horizon(rows: "QuerySet[Row]") -> Horizon:
    """Return how far can be read: to be asked before the rows are, never after."""
    if is_postgresql():
        ((began,),) = select(_BEGAN)
        return Horizon(oldest_running(), 0, began)
    # Writers come one after the other: whatever is older than a row that is seen is seen, too.
    newest = rows.order_by("-sequence").first()
    return Horizon(None, newest.sequence, newest.made_at) if newest else Horizon(None, 0, None)


def seen(rows: "QuerySet[Row]") -> Seen | None:
    """Return which rows can be seen: who sees the same has the same rows before them.

    To know the last is not enough on PostgreSQL: one with a lower number may still be committed.
    None if there are no rows, or very many that are newer than the oldest running transaction.
    """
    if is_postgresql():
        found = select(_SEEN.format(table=rows.model._meta.db_table), [_MANY])
        return Seen(current_epoch(), tuple(found)) if 0 < len(found) < _MANY else None
    # Writers come one after the other. A number that was taken back has another moment.
    newest = rows.order_by("-sequence").values_list("sequence", "made_at").first()
    return Seen(current_epoch(), (newest,)) if newest else None


def end(until: Horizon) -> Place:
    """Return a place after which comes everything that lies beyond the horizon."""
    if until.below is not None:
        return Place(current_epoch(), until.below, 0)
    return Place(current_epoch(), 0, until.last)


def following(rows: "QuerySet[Row]", place: Place, until: Horizon) -> "QuerySet[Row]":
    """Return what comes after a place and before the horizon, in order."""
    if until.below is None:
        found = rows.filter(sequence__gt=place.sequence, sequence__lte=until.last)
        return found.order_by("sequence")
    same = Q(transaction=place.transaction, sequence__gt=place.sequence)
    return rows.filter(
        same | Q(transaction__gt=place.transaction),
        transaction__gte=place.transaction,
        transaction__lt=until.below,
    ).order_by("transaction", "sequence")


def last_place(rows: "QuerySet[Row]", place: Place, until: Horizon) -> Place:
    """Return the place after all that can be read, or the same if nothing comes after it."""
    last = following(rows, place, until).reverse().first()
    return place_of(last) if last else place


def place_of(row: Alongside) -> Place:
    """Return the place of a reader who has read up to and with this row."""
    return Place(current_epoch(), row.transaction, row.sequence)
