"""What there is to be taken: the editions of the courses, and what a statement needs of them."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from assessments.models import QuizPage
from certificates.claims import class_of
from certificates.sheet_templates.choosing import template_for
from cms.languages import SOURCE
from courses.editions import source_page
from courses.models import Edition


class NothingToTake(LookupError):
    """No course has an edition."""


@dataclass(frozen=True)
class Plan:
    """An edition as an invented person goes through it. Without a quiz there is no result.

    `months` is how long its certificate is valid, None for ever.
    """

    edition: Edition
    title: str
    quiz: QuizPage | None
    months: int | None

    @property
    def course(self) -> UUID:
        key: UUID = self.edition.course_key
        return key


@dataclass(frozen=True)
class Programme:
    """A course with its editions, the oldest first, and the short refreshers of it."""

    course: UUID
    plans: tuple[Plan, ...]
    refreshers: tuple[tuple[Plan, ...], ...]


def programmes() -> list[Programme]:
    """Return what can be taken, in a fixed order. Raises NothingToTake."""
    by_course: dict[UUID, list[Plan]] = defaultdict(list)
    for edition in Edition.objects.order_by("course_key", "number"):
        by_course[edition.course_key].append(_plan(edition))
    refreshed: dict[UUID, list[tuple[Plan, ...]]] = defaultdict(list)
    for plans in by_course.values():
        if above := plans[-1].edition.refresher_of:
            refreshed[above].append(tuple(plans))
    found = [
        Programme(course, tuple(plans), tuple(refreshed[course]))
        for course, plans in by_course.items()
        if plans[-1].edition.refresher_of is None
    ]
    if not found:
        raise NothingToTake
    return found


def _plan(edition: Edition) -> Plan:
    page = source_page(edition.course_key)
    template = template_for(course_key=edition.course_key, certificate_class=class_of(edition.rule))
    quizzes = QuizPage.objects.filter(
        translation_key__in=edition.result_keys(), locale__language_code=SOURCE
    )
    return Plan(
        edition=edition,
        title=page.title if page else str(edition.course_key),
        quiz=quizzes.order_by("path").first(),
        months=template.validity_months if template else None,
    )
