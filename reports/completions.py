"""The completion report: the same enrolments for page, file and API, within a mandate."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from courses.models import Enrolment
from people.models import Mandate
from reports.columns import may_see
from reports.filters import Filters, apply_filters
from reports.joining import rows
from reports.mandated import enrolments_within
from reports.row import COLUMNS, CompletionRow


@dataclass(frozen=True)
class Totals:
    """Participations are enrolments; persons are distinct people."""

    participations: int
    persons: int
    completions: int
    persons_completed: int


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


def totals_of(enrolments: QuerySet[Enrolment]) -> Totals:
    """Count persons and participations, in one query."""
    counts = enrolments.order_by().aggregate(
        participations=Count("pk"),
        persons=Count("actor", distinct=True),
        completions=Count("completed_at"),
        persons_completed=Count("actor", distinct=True, filter=Q(completed_at__isnull=False)),
    )
    return Totals(**counts)


def all_rows(*, mandate: Mandate, filters: Filters, size: int = 500) -> Iterator[CompletionRow]:
    """Yield every row of the report, some hundreds at a time."""
    keys = list(completions(mandate=mandate, filters=filters).values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        batch = Enrolment.objects.in_bulk(keys[start : start + size])
        chunk = [batch[key] for key in keys[start : start + size] if key in batch]
        yield from rows(mandate=mandate, enrolments=chunk)
