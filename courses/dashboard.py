"""What a learner sees of all courses at once, in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Coalesce

from cms.languages import content_language
from cms.published import kept
from courses.models import ActivityProgress, CoursePage, Edition, Enrolment
from courses.study import edition_of
from people.actors import actor_id
from people.models import User


@dataclass
class CourseCard:
    """One enrolment as a card. `page` is None while the course has no live page."""

    enrolment: Enrolment
    edition: Edition
    page: CoursePage | None
    done: int

    @property
    def total(self) -> int:
        return len(list(self.edition.activities()))

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


def dashboard_of(*, user: User) -> list[CourseCard]:
    """Return the learner's courses, the one touched last first."""
    touched = Coalesce("last_activity_at", "enrolled_at")
    own = Enrolment.objects.active().filter(actor=actor_id(user))
    enrolments = list(own.order_by(touched.desc(), "registration"))
    pages = kept(("course pages", content_language()), _pages)
    done = done_counts([enrolment.registration for enrolment in enrolments])
    return [
        CourseCard(
            enrolment=enrolment,
            edition=edition_of(enrolment),
            page=pages.get(enrolment.course),
            done=done[enrolment.registration],
        )
        for enrolment in enrolments
    ]


def _pages() -> dict[UUID, CoursePage]:
    pages = CoursePage.objects.live().filter(locale__language_code=content_language())
    return {page.translation_key: page for page in pages}


def done_counts(registrations: list[UUID]) -> Counter[UUID]:
    """Return how many activities are done, by registration."""
    rows = ActivityProgress.objects.filter(
        registration__in=registrations, completed_at__isnull=False
    )
    return Counter(rows.values_list("registration", flat=True))
