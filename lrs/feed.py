"""The log as a feed: what was recorded, in an order in which a reader misses nothing.

A number that was given out earlier can become visible later: its transaction was still running.
So a reader goes by transaction and then by sequence, and is shown only what lies below the oldest
transaction that still runs. On SQLite there is one writer at a time, and the sequence is enough.

A restore from a backup gives numbers out a second time, and on another server the transactions
count from the beginning again. Therefore it begins a new epoch: a place of an earlier epoch is
lost, and what was recorded before the epoch is read by sequence alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Max, Q, QuerySet
from django.db.models.expressions import Func

from lrs.models import Epoch, Statement
from lrs.sql import is_postgresql, select


class OldestRunning(Func):
    """The oldest transaction that still runs (PostgreSQL): all before it are over."""

    output_field = models.BigIntegerField()

    def as_sql(
        self, compiler: Any, connection: Any, *args: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        return "(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)", ()


_FIRST = Epoch(id=UUID(int=0))


@dataclass(frozen=True)
class Place:
    """How far somebody has read. `transaction` is 0 where the sequence alone counts."""

    epoch: UUID
    transaction: int = 0
    sequence: int = 0


class PlaceLost(LookupError):
    """A place of another epoch: its reader starts again, and may see again what it saw."""


def read(after: Place | None, limit: int) -> tuple[list[Statement], Place]:
    """Return at most `limit` statements after a place, and the place after the last of them.

    Without a place the reading starts with the first statement. If nothing new is to be had, the
    place stays as it is. Raises PlaceLost.
    """
    epoch = _current()
    place = after or Place(epoch.id)
    if place.epoch != epoch.id:
        raise PlaceLost(f"the place belongs to the epoch {place.epoch}, which is over")
    rows = list(_after(place, epoch)[:limit])
    if len(rows) < limit and is_postgresql():
        rows += _visible(place, epoch)[: limit - len(rows)]
    return rows, _place_of(rows[-1], epoch) if rows else place


def place_after(statement: Statement) -> Place:
    """Return the place of a reader who has read up to and with this statement."""
    return _place_of(statement, _current())


def beginning() -> Place:
    """Return the place before the first statement."""
    return Place(_current().id)


def place_before(moment: datetime) -> Place:
    """Return a place after which comes everything stored at this moment or later.

    A few statements stored earlier may come after it, too.
    """
    epoch = _current()
    later = Statement.objects.filter(stored__gte=moment)
    settled = later if not is_postgresql() else later.filter(sequence__lte=epoch.settled)
    first = settled.order_by("sequence").first()
    if first is not None:
        return Place(epoch.id, 0, first.sequence - 1)
    if not is_postgresql():
        last = Statement.objects.aggregate(last=Max("sequence"))["last"]
        return Place(epoch.id, 0, last or 0)
    return _before_running(later.filter(sequence__gt=epoch.settled), epoch)


def begin_epoch() -> Epoch:
    """Begin a new epoch: all places are lost. To be done while nobody writes."""
    last = Statement.objects.aggregate(last=Max("sequence"))["last"]
    return Epoch.objects.create(settled=last or 0)


def waiting(after: Place | None) -> "QuerySet[Statement]":
    """Return what comes after a place, also what cannot be read yet; in no order."""
    epoch = _current()
    if after is None or after.epoch != epoch.id:
        return Statement.objects.order_by()
    found = _after(after, epoch).order_by()
    return found | _later(after, epoch).order_by() if is_postgresql() else found


def current_epoch() -> UUID:
    """Return which life of the log this is."""
    return _current().id


def oldest_running() -> int:
    """Return the oldest transaction that still runs (PostgreSQL)."""
    ((oldest,),) = select("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return int(oldest)


def _current() -> Epoch:
    """Return the newest epoch; a log in which none was ever begun is in its first."""
    return Epoch.objects.order_by("-began").first() or _FIRST


def _after(place: Place, epoch: Epoch) -> "QuerySet[Statement]":
    """Return what follows by sequence alone."""
    found = Statement.objects.filter(sequence__gt=place.sequence).order_by("sequence")
    if not is_postgresql():
        return found
    return found.filter(sequence__lte=epoch.settled) if not place.transaction else found.none()


def _later(place: Place, epoch: Epoch) -> "QuerySet[Statement]":
    """Return what follows by transaction and sequence."""
    same = Q(transaction=place.transaction, sequence__gt=place.sequence)
    return Statement.objects.filter(
        same | Q(transaction__gt=place.transaction),
        transaction__gte=place.transaction,
        sequence__gt=epoch.settled,
    ).order_by("transaction", "sequence")


def _visible(place: Place, epoch: Epoch) -> "QuerySet[Statement]":
    return _later(place, epoch).filter(transaction__lt=OldestRunning())


def _place_of(row: Statement, epoch: Epoch) -> Place:
    settled = not is_postgresql() or row.sequence <= epoch.settled
    return Place(epoch.id, 0 if settled else row.transaction, row.sequence)


def _before_running(later: "QuerySet[Statement]", epoch: Epoch) -> Place:
    """Return the place before the first of these, and before all that still run."""
    oldest: int = Epoch.objects.annotate(oldest=OldestRunning()).values_list("oldest", flat=True)[0]
    first = later.order_by("transaction", "sequence").first()
    if first is None or first.transaction >= oldest:
        return Place(epoch.id, oldest, 0)
    return Place(epoch.id, first.transaction, first.sequence - 1)
