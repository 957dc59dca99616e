"""What a learner sees of all courses at once, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.db.models.functions import Coalesce

from cms.languages import content_language, nearest_first
from cms.published import kept
from courses.going_on import ways_on
from courses.invitations import Invitation, invitations
from courses.models import ActivityProgress, CoursePage, Edition, Enrolment
from courses.outline import Outline, OutlineActivity, mark_progress, outline_of
from courses.study import edition_of
from people.actors import actor_id
from people.models import User


@dataclass
class CourseCard:
    """One enrolment as a card. `page` is None while the course has no live page.

    `go_on` is the activity to go on with, None when all is done or there is no page.
    """

    enrolment: Enrolment
    edition: Edition
    page: CoursePage | None
    done: int
    go_on: OutlineActivity | None = None
    invitations: list[Invitation] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.edition.required_keys())

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


def dashboard_of(*, user: User, at: datetime) -> list[CourseCard]:
    """Return the learner's courses, the one touched last first."""
    touched = Coalesce("last_activity_at", "enrolled_at")
    own = Enrolment.objects.active().filter(actor=actor_id(user))
    enrolments = _newest_of_each(list(own.order_by(touched.desc(), "registration")))
    pages = kept(("course pages", content_language()), _pages)
    progress = _progress([enrolment.registration for enrolment in enrolments])
    cards = [
        _card(enrolment, pages.get(enrolment.course), progress[enrolment.registration])
        for enrolment in enrolments
    ]
    ways = ways_on(_outlines(cards, progress), at=at)
    invited = invitations(enrolments, at=at)
    for card in cards:
        card.go_on = ways.get(card.enrolment.registration)
        card.invitations = invited[card.enrolment.registration] if card.page else []
    return cards


def _newest_of_each(enrolments: list[Enrolment]) -> list[Enrolment]:
    """Keep the newest enrolment of each course: a refresher may have been taken before."""
    newest: dict[UUID, Enrolment] = {}
    for one in sorted(enrolments, key=attrgetter("enrolled_at")):
        newest[one.course] = one
    return [one for one in enrolments if newest[one.course] is one]


def _card(
    enrolment: Enrolment, page: CoursePage | None, progress: list[ActivityProgress]
) -> CourseCard:
    edition = edition_of(enrolment)
    done = {row.activity_key for row in progress if row.completed_at}
    counted = len(edition.required_keys() & done)
    return CourseCard(enrolment=enrolment, edition=edition, page=page, done=counted)


def _pages() -> dict[UUID, CoursePage]:
    """Return each live course in the active language or, where it is not offered, another."""
    pages: dict[UUID, CoursePage] = {}
    for page in nearest_first(CoursePage.objects.live()):
        pages.setdefault(page.translation_key, page)
    return pages


def _progress(registrations: list[UUID]) -> dict[UUID, list[ActivityProgress]]:
    by_registration: dict[UUID, list[ActivityProgress]] = defaultdict(list)
    for row in ActivityProgress.objects.filter(registration__in=registrations):
        by_registration[row.registration].append(row)
    return by_registration


def _outlines(
    cards: list[CourseCard], progress: dict[UUID, list[ActivityProgress]]
) -> Iterator[tuple[Enrolment, Outline]]:
    """Yield the outlines of what is not completed yet, with progress."""
    for card in cards:
        if card.page and not card.enrolment.completed_at:
            outline = outline_of(course=card.page, edition=card.edition)
            mark_progress(outline, progress[card.enrolment.registration])
            yield card.enrolment, outline
