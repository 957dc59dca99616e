"""How many persons and participations a report has, counted once as long as nothing changes.

To count distinct people among a million enrolments takes a second, and each page of a report says
how many there are. So a count is kept together with how far the changes had come when it was made:
whatever changes a row of a report writes a change in the same transaction, so while the same
changes can be seen the count is the same. It cannot be stale, however long it is kept.
"""

import hashlib
import re
from dataclasses import astuple, dataclass

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet

from courses.models import Enrolment
from lrs.alongside import Seen, seen
from lrs.watching import watched
from reports.models import CompletionChange

_KEPT = 24 * 60 * 60  # seconds; it could be for ever, but for the room it takes
_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@dataclass(frozen=True)
class Totals:
    """Participations are enrolments; persons are distinct people."""

    participations: int
    persons: int
    completions: int
    persons_completed: int


def totals_of(enrolments: QuerySet[Enrolment]) -> Totals:
    """Return how many persons and participations there are: counted, or known already.

    One question to see how far the changes have come; if that is further, one more and the count.
    """
    before = seen(CompletionChange.objects.all())
    key = _key(enrolments, before)
    if key and (kept := cache.get(key)):
        return Totals(*kept)
    totals = counted(enrolments)
    # What came in between may be counted or not: such a count is good once, and is not kept.
    if key and seen(CompletionChange.objects.all()) == before:
        cache.set(key, astuple(totals), _KEPT)
    return totals


def counted(enrolments: QuerySet[Enrolment]) -> Totals:
    """Count persons and participations, in one query."""
    counts = enrolments.order_by().aggregate(
        participations=Count("pk"),
        persons=Count("actor", distinct=True),
        completions=Count("completed_at"),
        persons_completed=Count("actor", distinct=True, filter=Q(completed_at__isnull=False)),
    )
    return Totals(**counts)


def _key(enrolments: QuerySet[Enrolment], until: Seen | None) -> str:
    """Return what a count is kept under, or nothing where no change would tell that it is old.

    That is so while there are no changes at all, and where the query looks at other tables than
    those whose changes are told.
    """
    if until is None:
        return ""
    try:
        sql, values = enrolments.order_by().query.sql_with_params()
    except EmptyResultSet:
        return ""
    told = {model._meta.db_table for model in watched()}
    if not set(_TABLE.findall(sql)) <= told:
        return ""
    said = repr((connection.settings_dict["NAME"], until, sql, values))
    return f"report-totals:{hashlib.sha256(said.encode()).hexdigest()}"
