"""More time for a learner who needs it: given for a reason, kept in the log, by the tutor alone."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.attempts import start_attempt
from assessments.errors import ReasonMissing, TooMuchTime
from assessments.extra_time import extra_time_of, give_extra_time
from assessments.models import Attempt, ExtraTime, GrantReason, QuizPage
from assessments.personal import collect, forget
from courses.enrolment import enrol, withdraw
from courses.models import Enrolment
from lrs.events import Event
from lrs.models import Statement
from lrs.rebuilding import differences
from people.models import User
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.support import sign_in, take, work
from xapi import verbs

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    quiz = course.quizzes[1]
    quiz.time_limit = 20
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


@pytest.fixture
def give(enrolment: Enrolment) -> Callable[[int, datetime], ExtraTime]:
    trainer = UserFactory()

    def give(percent: int, at: datetime) -> ExtraTime:
        return give_extra_time(
            trainer=trainer,
            enrolment=enrolment,
            percent=percent,
            reason=" Decided on Monday. ",
            at=at,
        )

    return give


Give = Callable[[int, datetime], ExtraTime]


def test_attempts_that_begin_later_last_longer(
    quiz: QuizPage, enrolment: Enrolment, at: datetime, give: Give
) -> None:
    give(25, at)
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    assert attempt.deadline == at + 25 * MINUTE
    facts = Event.of(Statement.objects.get(verb=verbs.ATTEMPTED.id)).facts
    assert (facts["time-limit"], facts["extra-time"]) == (20, 25)


def test_what_was_given_last_holds_and_nothing_is_given_back_from_a_running_attempt(
    quiz: QuizPage, enrolment: Enrolment, at: datetime, give: Give
) -> None:
    give(100, at)
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at + MINUTE)
    give(0, at + 2 * MINUTE)
    attempt.refresh_from_db()
    assert attempt.deadline == at + 41 * MINUTE
    assert extra_time_of(enrolment) == 0
    take(enrolment, quiz, at + 3 * MINUTE)
    later = start_attempt(enrolment=enrolment, quiz=quiz, at=at + 60 * MINUTE)
    assert later.deadline == at + 80 * MINUTE


def test_a_running_attempt_ends_later_and_the_log_says_when(
    quiz: QuizPage, enrolment: Enrolment, at: datetime, give: Give
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    give(50, at + 10 * MINUTE)
    attempt.refresh_from_db()
    assert attempt.deadline == at + 30 * MINUTE
    give(100, at + 15 * MINUTE)  # of the limit, not of what was given before
    attempt.refresh_from_db()
    assert attempt.deadline == at + 40 * MINUTE
    said = [Event.of(one).facts for one in Statement.objects.filter(verb=verbs.AUTHORIZED.id)]
    moved = [(one["extra-time"], one["deadlines"][0]["deadline"]) for one in said]
    assert sorted(moved) == [
        (50, (at + 30 * MINUTE).isoformat()),
        (100, (at + 40 * MINUTE).isoformat()),
    ]
    assert differences() == []


def test_an_attempt_whose_time_is_over_is_not_opened_again(
    quiz: QuizPage, enrolment: Enrolment, at: datetime, give: Give
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    give(100, at + 21 * MINUTE)
    attempt.refresh_from_db()
    assert attempt.deadline == at + 20 * MINUTE


def test_an_attempt_begun_before_the_limit_stood_in_the_log_ends_later_too(
    quiz: QuizPage, enrolment: Enrolment, at: datetime, give: Give
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    Attempt.objects.update(time_limit=None)
    give(50, at + MINUTE)
    attempt.refresh_from_db()
    assert attempt.deadline == at + 30 * MINUTE


def test_the_worker_waits_for_the_new_deadline(
    quiz: QuizPage, enrolment: Enrolment, give: Give
) -> None:
    begun = timezone.now() - 19 * MINUTE
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=begun)
    give(50, timezone.now())
    attempt.refresh_from_db()
    work()
    [waits] = DBTaskResult.objects.filter(status="READY")
    assert waits.run_after == begun + 30 * MINUTE + timedelta(seconds=2)


def test_the_log_cites_the_reason_and_holds_no_word_of_it(
    quiz: QuizPage, enrolment: Enrolment, at: datetime, give: Give
) -> None:
    given = give(50, at)
    words = GrantReason.objects.get()
    event = Event.of(Statement.objects.get(verb=verbs.AUTHORIZED.id))
    assert (given.reason_key, words.text) == (words.key, "Decided on Monday.")
    assert event.facts["reason-sha256"] == hashlib.sha256(words.text.encode()).hexdigest()
    assert "Monday" not in event.text


@pytest.mark.parametrize(
    ("percent", "reason", "error"),
    [(50, " \n", ReasonMissing), (301, "x", TooMuchTime), (-1, "x", TooMuchTime)],
)
def test_it_needs_a_reason_and_has_bounds(
    enrolment: Enrolment, at: datetime, percent: int, reason: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        give_extra_time(
            trainer=UserFactory(), enrolment=enrolment, percent=percent, reason=reason, at=at
        )
    assert not GrantReason.objects.exists()


def test_it_stays_with_whoever_leaves_and_comes_back(
    course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime, give: Give
) -> None:
    give(50, at)
    withdraw(user=learner, enrolment=enrolment, at=at)
    assert extra_time_of(enrol(user=learner, course=course.course, at=at + MINUTE)) == 50


def test_it_is_handed_over_and_forgotten_with_the_person(
    enrolment: Enrolment, learner: User, at: datetime, give: Give
) -> None:
    give(50, at)
    [given] = collect(learner, enrolment.learner)["extra time"]
    assert (given["percent"], given["reason"][0]["text"]) == (50, "Decided on Monday.")
    forget(learner, enrolment.learner)
    assert not GrantReason.objects.exists()


def test_the_learner_reads_how_much_time_there_is(
    client: Client, quiz: QuizPage, enrolment: Enrolment, learner: User, at: datetime, give: Give
) -> None:
    assert "Time limit 20 min<" in sign_in(client, learner).get(quiz.url).content.decode()
    give(50, at)
    page = client.get(quiz.url).content.decode()
    assert "Time limit 30 min, with the extra time you have been given" in page
