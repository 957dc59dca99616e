"""What a learner would renew by a refresher; the floor that keeps certificates tells it here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courses.models import Edition, Enrolment
from people.models import User


@dataclass(frozen=True)
class Renewal:
    """What completing a refresher would renew, in words; `is_due` when it is time for it.

    `earned_at` is when that was earned, or renewed last.
    """

    words: str
    is_due: bool
    earned_at: datetime


Source = Callable[[User, UUID, datetime], Renewal | None]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Make a source known; called once from `AppConfig.ready()`."""
    _sources[name] = source


def may_take_again(enrolment: Enrolment, renewal: Renewal | None) -> bool:
    """Say whether a refresher that was completed can be taken again: when it is time to renew.

    What its completion has brought must be there first.
    """
    if renewal is None or enrolment.completed_at is None:
        return False
    return renewal.is_due and renewal.earned_at >= enrolment.completed_at


def renewal_by(*, user: User, edition: Edition, at: datetime) -> Renewal | None:
    """Return what an edition would renew for somebody; nothing is asked for other courses."""
    if edition.refresher_of is None:
        return None
    asked = (source(user, edition.refresher_of, at) for source in _sources.values())
    return next((renewal for renewal in asked if renewal), None)
