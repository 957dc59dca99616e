"""Which test comes after a test, and whether somebody has taken it."""

from collections.abc import Collection
from uuid import UUID

from assessments.models import Attempt, QuizPage, Role
from assessments.models.pools import SOURCE
from cms.published import kept
from courses.enrolment import registrations_like
from courses.models import CoursePage, Enrolment
from courses.outline import page_of


def post_test_of(quiz: QuizPage) -> QuizPage | None:
    """Return the published test that is compared with a test before, in the active language."""
    key = kept(("test after", quiz.key), lambda: _key_after(quiz))
    page = page_of(key=key) if key else None
    return page if isinstance(page, QuizPage) else None


def pre_test_of(quiz: QuizPage) -> QuizPage | None:
    """Return the published test with which a test after is compared, in the active language."""
    before = quiz.named_pre_test
    page = page_of(key=before.key) if before else None
    return page if isinstance(page, QuizPage) else None


def _key_after(quiz: QuizPage) -> UUID | None:
    key: UUID | None = quiz.tests_after().values_list("translation_key", flat=True).first()
    return key


def post_tests_in(course: UUID) -> list[QuizPage]:
    """Return the published tests after of a course, in the source language, in their order."""
    return kept(("tests after in", course), lambda: _read_tests_in(course))


def _read_tests_in(course: UUID) -> list[QuizPage]:
    above = CoursePage.objects.filter(translation_key=course, locale__language_code=SOURCE).first()
    tests = QuizPage.objects.live().filter(role=Role.POST_TEST)
    return list(tests.descendant_of(above).order_by("path")) if above else []


def has_taken_after(enrolment: Enrolment, quiz: QuizPage) -> bool:
    """Say whether a learner has handed in the test after this test before.

    For any other quiz nothing is asked, and it is not so.
    """
    if not quiz.is_pre_test:
        return False
    return bool(taken_after({quiz.key}, registrations_like(enrolment)))


def taken_after(before: Collection[UUID], registrations: Collection[UUID]) -> set[UUID]:
    """Return those tests before, by key, after which a test was handed in in an enrolment."""
    done = Attempt.objects.filter(finished_at__isnull=False, registration__in=registrations)
    return set(done.filter(pre_test_key__in=before).values_list("pre_test_key", flat=True))  # type: ignore[arg-type]
