"""The completion report: the same enrolments for page, file and API, within a mandate."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from django.db.models import F, QuerySet

from courses.models import Enrolment
from people.models import Mandate
from reports.columns import may_see
from reports.filters import Filters, apply_filters
from reports.joining import rows
from reports.keys import kept_keys
from reports.mandated import enrolments_within
from reports.row import COLUMNS, CompletionRow
from reports.then.past import Past, past
from reports.totals import Totals, totals_of

BATCH = 500


def columns_for(mandate: Mandate) -> list[str]:
    """Return the columns that this mandate may see, in the order of the file."""
    return [one.name for one in COLUMNS.values() if may_see(mandate, one)]


def page_columns_for(mandate: Mandate) -> list[str]:
    """Return the columns of the page, what is looked for first; keys stand in the file only."""
    seen = [one for one in COLUMNS.values() if may_see(mandate, one) and one.place is not None]
    names = [one.name for one in sorted(seen, key=lambda one: one.place or 0)]
    # Whoever sees no names tells people apart by their keys.
    return names if mandate.identified else ["person", *(n for n in names if n != "person")]


def completions(*, mandate: Mandate, filters: Filters) -> QuerySet[Enrolment]:
    """Return the enrolments of the report, newest completion first, in a stable order."""
    enrolments = apply_filters(enrolments_within(mandate), filters)
    return enrolments.order_by(
        F("completed_at").desc(nulls_last=True),
        F("enrolled_at").desc(nulls_last=True),
        "registration",
    )


class Now:
    """The report as it is: rows in their order, and how many."""

    def __init__(self, mandate: Mandate, enrolments: QuerySet[Enrolment]) -> None:
        self._mandate = mandate
        self._enrolments = enrolments

    def totals(self) -> Totals:
        return self._totals

    @cached_property
    def _totals(self) -> Totals:
        return totals_of(self._enrolments)

    def __len__(self) -> int:
        return self._totals.participations

    def __getitem__(self, part: slice) -> list[CompletionRow]:
        return rows(mandate=self._mandate, enrolments=self._enrolments[part])

    def __iter__(self) -> Iterator[CompletionRow]:
        return self.each()

    def each(self, size: int = BATCH) -> Iterator[CompletionRow]:
        """Yield all rows, so many looked up at a time; memory stays flat.

        Which rows there are, and their order, is settled at the beginning, whatever happens while
        they are read; each is as it is when its turn comes. Between two of them nothing is held
        open in the database, so that whoever reads them may write.
        """
        with kept_keys(self._enrolments) as keys:
            for some in keys.by(size):
                found = Enrolment.objects.in_bulk(some)
                chunk = [found[key] for key in some if key in found]
                yield from rows(mandate=self._mandate, enrolments=chunk)


class Then(Now):
    """The report as it stood: the same questions, answered from the log."""

    def __init__(self, mandate: Mandate, past: Past) -> None:
        self._mandate = mandate
        self._past = past

    def totals(self) -> Totals:
        return Totals(*self._past.counts())

    def __len__(self) -> int:
        return self._past.counts()[0]

    def __getitem__(self, part: slice) -> list[CompletionRow]:
        return self._past.part(self._mandate, part.start, part.stop)

    def each(self, size: int = BATCH) -> Iterator[CompletionRow]:
        return self._past.rows(self._mandate, size=size)


@contextmanager
def report(*, mandate: Mandate, filters: Filters, as_of: datetime | None = None) -> Iterator[Now]:
    """Open the report as it is, or as it stood at `as_of` or the moment that the filters name."""
    found = completions(mandate=mandate, filters=filters)
    moment = as_of or filters.moment
    if moment is None:
        yield Now(mandate, found)
        return
    with past(found, moment) as then:
        yield Then(mandate, then)


def all_rows(
    *, mandate: Mandate, filters: Filters, as_of: datetime | None = None, size: int = BATCH
) -> Iterator[CompletionRow]:
    """Yield every row of the report, some hundreds at a time.

    With `as_of`, or with filters that name a moment, as it stood then: in the same order.
    """
    with report(mandate=mandate, filters=filters, as_of=as_of) as found:
        yield from found.each(size)
