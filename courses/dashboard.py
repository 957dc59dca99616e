"""What a learner sees of all courses at once, in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Coalesce

from cms.languages import content_language
from courses.models import ActivityProgress, CoursePage, Edition, Enrolment
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
    keys = {enrolment.course for enrolment in enrolments}
    editions = {(e.course_key, e.number): e for e in Edition.objects.filter(course_key__in=keys)}
    pages = {
        page.translation_key: page
        for page in CoursePage.objects.live().filter(
            translation_key__in=keys, locale__language_code=content_language()
        )
    }
    done = done_counts([enrolment.registration for enrolment in enrolments])
    return [
        CourseCard(
            enrolment=enrolment,
            edition=editions[enrolment.course, enrolment.edition or 0],
            page=pages.get(enrolment.course),
            done=done[enrolment.registration],
        )
        for enrolment in enrolments
    ]


def done_counts(registrations: list[UUID]) -> Counter[UUID]:
    """Return how many activities are done, by registration."""
    rows = ActivityProgress.objects.filter(
        registration__in=registrations, completed_at__isnull=False
    )
    return Counter(rows.values_list("registration", flat=True))
