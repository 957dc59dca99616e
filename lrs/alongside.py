"""Rows beside the log, read in the order in which they were committed, so that none is missed.

They have positions as statements have (see `lrs.feed`): a reader goes by transaction and then by
sequence, below the oldest transaction that still runs; on SQLite the sequence is enough.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

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


@dataclass(frozen=True)
class Horizon:
    """How far rows can be read: below a transaction, or up to a sequence where those count alone.

    No row that was made up to `through`, by the database's clock, can still come.
    """

    below: int | None
    last: int
    through: datetime | None


def horizon(rows: "QuerySet[Row]") -> Horizon:
    """Return how far can be read: to be asked before the rows are, never after."""
    if is_postgresql():
        ((began,),) = select(_BEGAN)
        return Horizon(oldest_running(), 0, began)
    # Writers come one after the other: whatever is older than a row that is seen is seen, too.
    newest = rows.order_by("-sequence").first()
    return Horizon(None, newest.sequence, newest.made_at) if newest else Horizon(None, 0, None)


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
