"""A closed browser loses nothing: an attempt ends at its deadline by itself."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.attempts import start_attempt
from assessments.closing import close_overdue
from assessments.drafts import save_choice
from assessments.models import Attempt, QuizPage
from assessments.papers import frozen_questions
from courses.enrolment import withdraw
from courses.models import Enrolment
from lrs.models import Statement
from people.erasure import erase
from people.models import User
from tests.factories.courses import SmallCourse
from tests.support import read, work
from xapi import verbs

pytestmark = pytest.mark.django_db

LIMIT = timedelta(minutes=20)


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    quiz = course.quizzes[1]
    quiz.time_limit = 20
    quiz.save_revision().publish()
    return quiz


def begin(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> Attempt:
    """Begin an attempt and save every right answer, then close the browser."""
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    for question in frozen_questions(attempt):
        save_choice(
            attempt=attempt,
            question_key=question.key,
            choices=[option.key for option in question.options if option.correct],
            version=0,
            at=at,
        )
    return attempt


def waiting() -> list[datetime]:
    return [task.run_after for task in DBTaskResult.objects.filter(status="READY")]


def test_until_the_deadline_the_worker_waits(enrolment: Enrolment, quiz: QuizPage) -> None:
    attempt = begin(enrolment, quiz, timezone.now())
    work()
    assert attempt.deadline
    assert waiting() == [attempt.deadline + timedelta(seconds=2)]
    attempt.refresh_from_db()
    assert attempt.finished_at is None


def test_at_the_deadline_what_was_saved_is_submitted(enrolment: Enrolment, quiz: QuizPage) -> None:
    attempt = begin(enrolment, quiz, timezone.now() - LIMIT - timedelta(minutes=1))
    work()
    attempt.refresh_from_db()
    assert attempt.passed
    assert attempt.finished_at == attempt.deadline
    assert waiting() == []


def test_a_task_that_is_done_twice_closes_once(enrolment: Enrolment, quiz: QuizPage) -> None:
    begin(enrolment, quiz, timezone.now() - timedelta(hours=1))
    work()
    DBTaskResult.objects.update(status="READY")
    work()
    assert Statement.objects.filter(verb=verbs.PASSED.id).count() == 1


def test_an_attempt_without_a_limit_stays_open(course: SmallCourse, enrolment: Enrolment) -> None:
    attempt = begin(enrolment, course.quizzes[0], timezone.now() - timedelta(days=30))
    work()
    attempt.refresh_from_db()
    assert attempt.finished_at is None
    assert waiting() == []


def test_the_learner_who_comes_back_first_finds_it_closed(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    begin(enrolment, quiz, at)
    assert close_overdue(enrolment=enrolment, quiz=quiz, at=at + LIMIT) is None
    closed = close_overdue(enrolment=enrolment, quiz=quiz, at=at + 2 * LIMIT)
    assert closed
    assert closed.passed
    assert close_overdue(enrolment=enrolment, quiz=quiz, at=at + 2 * LIMIT) is None


def test_closing_the_last_attempt_can_complete_the_course(
    course: SmallCourse, enrolment: Enrolment, quiz: QuizPage
) -> None:
    then = timezone.now() - timedelta(hours=1)
    for lesson in course.lessons:
        read(enrolment, lesson, then)
    for page in (course.quizzes[0], quiz):
        page.time_limit = 20
        begin(enrolment, page, then)
    work()
    enrolment.refresh_from_db()
    assert enrolment.completed_at


def test_after_a_withdrawal_nothing_is_judged(
    enrolment: Enrolment, quiz: QuizPage, learner: User
) -> None:
    attempt = begin(enrolment, quiz, timezone.now() - timedelta(hours=1))
    withdraw(user=learner, enrolment=enrolment, at=timezone.now())
    work()
    attempt.refresh_from_db()
    assert attempt.finished_at is None
    assert not DBTaskResult.objects.failed().exists()


def test_of_somebody_erased_nothing_more_is_recorded(
    enrolment: Enrolment, quiz: QuizPage, learner: User
) -> None:
    begin(enrolment, quiz, timezone.now() - timedelta(hours=1))
    erase(user=learner, own_wish=True, at=timezone.now())
    before = Statement.objects.count()
    work()
    assert Statement.objects.count() == before
    assert not DBTaskResult.objects.failed().exists()
