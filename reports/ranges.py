"""The rows of a range: what a copy compares at a time, and repairs where it differs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from courses.models import Enrolment
from people.models import Mandate
from reports.joining import rows
from reports.mandated import enrolments_within
from reports.row import CompletionRow


@dataclass(frozen=True)
class Range:
    """Of which course, and enrolled on which days (UTC, both included); None: of all.

    `undated` are the rows without a moment of enrolment, which a digest by day names "".
    """

    course: UUID | None = None
    first: date | None = None
    last: date | None = None
    undated: bool = False


EVERYTHING = Range()


def rows_of(
    *, mandate: Mandate, wanted: Range, after: UUID | None, limit: int
) -> tuple[list[CompletionRow], bool]:
    """Return rows in the order of the enrolments' keys, and whether there are more."""
    found = enrolments_of(mandate=mandate, wanted=wanted).order_by("registration")
    if after:
        found = found.filter(registration__gt=after)
    page = list(found[: limit + 1])
    return rows(mandate=mandate, enrolments=page[:limit]), len(page) > limit


def enrolments_of(*, mandate: Mandate, wanted: Range) -> QuerySet[Enrolment]:
    """Return what of the mandate lies in a range."""
    found = enrolments_within(mandate)
    if wanted.course:
        found = found.filter(course_key=wanted.course)
    if wanted.undated:
        found = found.filter(enrolled_at=None)
    if wanted.first:
        found = found.filter(enrolled_at__gte=_midnight(wanted.first))
    if wanted.last:
        found = found.filter(enrolled_at__lt=_midnight(wanted.last + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
