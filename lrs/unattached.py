"""Attachments that no statement names any more."""

import json
from collections.abc import Collection, Iterator

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from lrs.attachments import attached, hash_of
from lrs.models import Attachment, Statement
from lrs.sql import is_postgresql, select

_BATCH = 500
_OLDEST = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


def sweep(hashes: Collection[str]) -> int:
    """Delete those of the attachments that are named no more; return how many. No transaction.

    The log is read once without holding anybody up. What was written meanwhile is read again
    when nobody can write attachments: who sends one anew finds it there, or writes it again
    (`lrs.receiving` writes statements and attachments in one transaction).
    """
    kept = Attachment.objects.filter(sha2__in=list(hashes)).values_list("sha2", flat=True)
    wanted = set(kept) if hashes else set()
    if not wanted:
        return 0
    later = _later()
    wanted -= _named(Statement.objects.all(), wanted)
    with transaction.atomic():
        if is_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE lrs_attachment IN SHARE ROW EXCLUSIVE MODE")
        wanted -= _named(Statement.objects.filter(later), wanted)
        count, _ = Attachment.objects.filter(sha2__in=list(wanted)).delete()
    return count


def _later() -> Q:
    """Return a condition for all that cannot be seen yet."""
    if is_postgresql():
        ((oldest,),) = select(_OLDEST)
        return Q(transaction__gte=oldest)
    return Q(sequence__gt=Statement.objects.aggregate(last=Max("sequence"))["last"] or 0)


def _named(statements: QuerySet[Statement], wanted: Collection[str]) -> set[str]:
    found: set[str] = set()
    for body in _with_attachments(statements):
        found.update(hash_of(one) for one in attached(json.loads(body)))
        found.intersection_update(wanted)
    return found


def _with_attachments(statements: QuerySet[Statement]) -> Iterator[str]:
    """Yield the texts of statements that name attachments, some at a time."""
    last = 0
    rows = statements.filter(body__contains='"attachments"').order_by("sequence")
    while found := list(rows.filter(sequence__gt=last).values_list("sequence", "body")[:_BATCH]):
        yield from (body for _, body in found)
        last = found[-1][0]
