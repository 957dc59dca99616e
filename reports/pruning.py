"""Throw away old changes of the feed; whoever stopped before them begins anew."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min, Q, QuerySet

from lrs.alongside import horizon
from lrs.feed import Place, current_epoch
from lrs.queueing import give_way
from lrs.sql import is_postgresql
from reports.models import CompletionChange, Pruned

_BATCH = 5000


def prune(*, keep: timedelta, at: datetime) -> int:
    """Throw away the changes that are older than `keep`; return how many.

    The newest stays, however old: by it a reader who begins now knows where the end is.
    """
    going = _older_than(at - keep)
    last = going.order_by("-transaction", "-sequence").first()
    if last is None:
        return 0
    # First, so that nobody goes on from before what is about to be missing.
    Pruned.objects.create(
        epoch=current_epoch(), transaction=last.transaction, sequence=last.sequence, at=at
    )
    count = 0
    while batch := list(going.order_by("sequence").values_list("sequence", flat=True)[:_BATCH]):
        count += CompletionChange.objects.filter(sequence__in=batch).delete()[0]
        give_way()
    return count


def prune_if_set(*, at: datetime) -> None:
    """Prune as the operator has set it; by itself the feed keeps everything."""
    if settings.FEED_KEEP_DAYS:
        prune(keep=timedelta(days=settings.FEED_KEEP_DAYS), at=at)


def is_pruned(place: Place) -> bool:
    """Say whether something that came after a place is gone."""
    last = Pruned.objects.filter(epoch=place.epoch).first()
    if last is None:
        return False
    return (place.transaction, place.sequence) < (last.transaction, last.sequence)


def _older_than(moment: datetime) -> "QuerySet[CompletionChange]":
    """Return what lies, in the order of the feed, before everything that is to be kept."""
    log = CompletionChange.objects.all()
    until = horizon(log)
    kept = log.filter(made_at__gte=moment)
    newest = log.order_by("-transaction", "-sequence").first()
    if newest is None:
        return log.none()
    going = log.exclude(pk=newest.pk)
    if is_postgresql():
        first = kept.aggregate(first=Min("transaction"))["first"]
        below = Q(transaction__lt=until.below)
        return (
            going.filter(below, transaction__lt=first) if first is not None else going.filter(below)
        )
    first = kept.aggregate(first=Min("sequence"))["first"]
    return going.filter(sequence__lt=first) if first is not None else going
