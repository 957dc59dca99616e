"""A whole report as it stood at a moment: which enrolments were in it, in order, and counted.

The keys of what is in the report now are taken first, then all that was touched since the moment
is looked at anew, as it stood. So the database is asked for one pass over what is live, and folds
only what has changed since. Nothing that happens meanwhile is missed or comes twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import QuerySet

from courses.models import Enrolment
from lrs.then import touched_after
from people.models import Mandate
from reports.row import CompletionRow
from reports.then.conditions import condition_of
from reports.then.spool import Spool
from reports.then.standing import matching_at, standing_at

_BATCH = 500
_KEY = ("registration", "completed_at", "enrolled_at", "actor")


class Past:
    """The enrolments of a report as it stood."""

    def __init__(self, found: "QuerySet[Enrolment]", moment: datetime, spool: Spool) -> None:
        # What cannot be asked is found out at once, not when the first row was touched.
        condition_of(found)
        self._moment = moment
        self._spool = spool
        spool.keep(found.order_by().values_list(*_KEY).iterator(chunk_size=2000))
        spool.touch(touched_after(moment))
        for batch in spool.touched(_BATCH):
            spool.keep_rows(matching_at(found, batch, moment).enrolments.values())

    def counts(self) -> tuple[int, int, int, int]:
        """Return participations, persons, completions, and persons who completed."""
        return self._spool.counts()

    def part(self, mandate: Mandate, start: int, stop: int) -> list[CompletionRow]:
        """Return some of the rows, in the order of the report, as a mandate may read them."""
        keys = self._spool.between(start, stop)
        return standing_at(keys, self._moment).rows(mandate, keys)

    def rows(self, mandate: Mandate, *, size: int = _BATCH) -> Iterator[CompletionRow]:
        """Yield all rows, some hundreds at a time."""
        for keys in self._spool.batches(size):
            yield from standing_at(keys, self._moment).rows(mandate, keys)


@contextmanager
def past(found: "QuerySet[Enrolment]", moment: datetime) -> Iterator[Past]:
    """Open a report, of those enrolments that a query finds, as it stood at a moment.

    Raises UnknownCondition if the query asks what cannot be asked of the log.
    """
    spool = Spool()
    try:
        yield Past(found, moment, spool)
    finally:
        spool.close()
