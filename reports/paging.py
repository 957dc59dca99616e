"""A report page by page, when it is known already how long it is."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from courses.models import Enrolment
from reports.totals import Totals


class Pages(Paginator[Enrolment]):
    """Pages of a report that has been counted: nothing is counted again, or looked for in vain."""

    def __init__(self, enrolments: QuerySet[Enrolment], size: int, *, count: int) -> None:
        super().__init__(enrolments, size)
        self._count = count

    @property
    def count(self) -> int:
        return self._count


def page_of(
    enrolments: QuerySet[Enrolment], *, totals: Totals, size: int, number: str | None
) -> Page[Enrolment]:
    """Return the page that an address asks for, or the nearest that there is."""
    return Pages(enrolments, size, count=totals.participations).get_page(number)
