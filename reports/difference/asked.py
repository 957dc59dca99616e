"""What somebody asks who compares a report at two moments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from reports.filters import Filters, NotYet, UnreadableFilter, moment_in, read_filters, so_far
from reports.then.moments import Moment


class MomentsReversed(UnreadableFilter):
    """The earlier moment is not earlier."""

    words = _("“%(name)s” must be earlier than “%(until)s”.")

    def __init__(self) -> None:
        super().__init__("since")


class NoBeginning(UnreadableFilter):
    """Nobody said since when."""

    words = _("Fill in “%(name)s”: a day, or a moment.")

    def __init__(self) -> None:
        super().__init__("since")


@dataclass(frozen=True)
class Asked:
    """Two moments, the filters that hold at both, and the enrolment after which to go on.

    `given` are the moments as they were written.
    """

    filters: Filters
    since: datetime
    until: datetime
    after: UUID | None
    given: tuple[Moment, Moment | None]


def read_asked(query: Mapping[str, str], *, at: datetime) -> Asked:
    """Return what an address asks for. Raises UnreadableFilter.

    Until today is until now; since the end of today there is nothing yet.
    """
    since, until = moment_in(query, "since"), moment_in(query, "until")
    if since is None:
        raise NoBeginning
    if since.moment > at:
        raise NotYet("since")
    until = so_far(until, "until", at=at)
    later = until.moment if until else at
    if since.moment >= later:
        raise MomentsReversed
    filters = read_filters({name: value for name, value in query.items() if name != "as_of"})
    return Asked(filters, since.moment, later, _after(query.get("cursor", "")), (since, until))


def _after(word: str) -> UUID | None:
    try:
        return UUID(word) if word else None
    except ValueError as error:
        raise UnreadableFilter("cursor") from error
