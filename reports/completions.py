"""The completion report: the same enrolments for page, file and API, within a mandate."""

from collections.abc import Iterator

from django.db.models import F, QuerySet

from courses.models import Enrolment
from people.models import Mandate
from reports.columns import may_see
from reports.filters import Filters, apply_filters
from reports.joining import rows
from reports.keys import kept_keys
from reports.mandated import enrolments_within
from reports.row import COLUMNS, CompletionRow


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


def all_rows(*, mandate: Mandate, filters: Filters, size: int = 1000) -> Iterator[CompletionRow]:
    """Yield every row of the report, each once, in the order of the page; memory stays flat.

    Which rows there are, and their order, is settled at the beginning, whatever happens while they
    are read; each is as it is when its turn comes. Between two of them nothing is held open in the
    database, so that whoever reads them may write.
    """
    with kept_keys(completions(mandate=mandate, filters=filters)) as keys:
        for some in keys.by(size):
            found = Enrolment.objects.in_bulk(some)
            yield from rows(
                mandate=mandate, enrolments=[found[key] for key in some if key in found]
            )
