"""How often one may try, and the way on after the last time: there always is one."""

import hashlib
from datetime import datetime, timedelta

import pytest
from wagtail.models import Locale

from assessments.attempts import Standing, attempt_of, standing_in, start_attempt
from assessments.errors import AttemptLimitReached, AttemptNotFound, ReasonMissing
from assessments.granting import grant_attempt
from assessments.models import GrantReason, QuizPage
from assessments.troubles import troubles_of
from courses.enrolment import enrol, withdraw
from courses.errors import NotInEdition
from courses.models import Enrolment
from lrs.events import Event
from lrs.models import Statement
from people.actors import people_of
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import UserFactory
from tests.support import take
from xapi import verbs

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    return course.quizzes[0]


def fail(enrolment: Enrolment, quiz: QuizPage, at: datetime, *, times: int) -> None:
    for seed in range(times):
        take(enrolment, quiz, at, right=False, seed=seed)


def grant(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> None:
    grant_attempt(trainer=UserFactory(), enrolment=enrolment, quiz=quiz, reason="Ill.", at=at)


def standing(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> Standing:
    return standing_in(enrolment=enrolment, quiz=quiz, at=at)


def test_what_an_attempt_rests_on_stands_in_the_log(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    quiz.time_limit = 20
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    facts = Event.of(Statement.objects.get(verb=verbs.ATTEMPTED.id)).facts
    assert facts["questions"] == attempt.drawn
    assert (facts["pass-mark"], facts["attempt"]) == (quiz.pass_mark, 1)
    assert datetime.fromisoformat(facts["deadline"]) == attempt.deadline == at + 20 * DAY / 1440
    assert len(attempt.drawn) == 2


def test_beginning_twice_is_one_attempt(quiz: QuizPage, enrolment: Enrolment, at: datetime) -> None:
    first = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    again = start_attempt(enrolment=enrolment, quiz=quiz, at=at + DAY)
    assert (first, first.drawn) == (again, again.drawn)


def test_a_quiz_of_another_course_is_refused(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    other = small_course(at, slug="other")
    with pytest.raises(NotInEdition):
        start_attempt(enrolment=enrolment, quiz=other.quizzes[0], at=at)


def test_three_attempts_then_a_wait_then_one_more(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    assert standing(enrolment, quiz, at).left == 3
    fail(enrolment, quiz, at, times=3)
    ended = at + timedelta(minutes=5)
    assert standing(enrolment, quiz, at).opens_at == ended + DAY
    with pytest.raises(AttemptLimitReached) as limit:
        start_attempt(enrolment=enrolment, quiz=quiz, at=ended + DAY - timedelta(seconds=1))
    assert "25 Nov" in str(limit.value).replace("Nov.", "Nov")
    assert standing(enrolment, quiz, ended + DAY).left == 1
    assert start_attempt(enrolment=enrolment, quiz=quiz, at=ended + DAY).number == 4


def leave_and_come_back(enrolment: Enrolment, course: SmallCourse, at: datetime) -> Enrolment:
    learner = people_of([enrolment.learner])[enrolment.learner]
    withdraw(user=learner, enrolment=enrolment, at=at)
    return enrol(user=learner, course=course.course, at=at)


def test_leaving_the_course_gives_back_no_attempts(
    course: SmallCourse, quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    fail(enrolment, quiz, at, times=2)
    anew = leave_and_come_back(enrolment, course, at + timedelta(hours=1))
    now = standing(anew, quiz, at + timedelta(hours=1))
    assert (now.left, now.attempts, now.earlier) == (1, [], 2)
    assert take(anew, quiz, at + timedelta(hours=1), right=False).number == 1
    ended = at + timedelta(hours=1, minutes=5)
    with pytest.raises(AttemptLimitReached):
        start_attempt(enrolment=anew, quiz=quiz, at=ended)
    assert standing(anew, quiz, ended).opens_at == ended + DAY
    assert start_attempt(enrolment=anew, quiz=quiz, at=ended + DAY).number == 2


def test_an_attempt_left_behind_unfinished_counts_too(
    course: SmallCourse, quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    fail(enrolment, quiz, at, times=2)
    start_attempt(enrolment=enrolment, quiz=quiz, at=at + timedelta(hours=1))
    anew = leave_and_come_back(enrolment, course, at + timedelta(hours=2))
    now = standing(anew, quiz, at + timedelta(hours=2))
    assert (now.running, now.left, now.opens_at) == (None, 0, at + timedelta(hours=1) + DAY)


def test_what_was_passed_before_leaving_is_not_passed_after(
    course: SmallCourse, quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    assert take(enrolment, quiz, at).passed
    anew = leave_and_come_back(enrolment, course, at + DAY)
    assert not standing(anew, quiz, at + DAY).passed


def test_a_grant_of_the_earlier_enrolment_is_not_lost(
    course: SmallCourse, quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    fail(enrolment, quiz, at, times=3)
    grant(enrolment, quiz, at)
    anew = leave_and_come_back(enrolment, course, at + timedelta(hours=1))
    assert standing(anew, quiz, at + timedelta(hours=1)).left == 1


def test_a_tutor_sees_the_same_standing_as_the_learner(
    course: SmallCourse, quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    fail(enrolment, quiz, at, times=2)
    later = at + timedelta(hours=1)
    anew = leave_and_come_back(enrolment, course, later)
    fail(anew, quiz, later, times=1)
    [trouble] = troubles_of([anew], later)
    assert (trouble.registration, trouble.failed, trouble.used_up) == (anew.pk, 1, True)


def test_each_further_attempt_waits_again(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    fail(enrolment, quiz, at, times=3)
    fail(enrolment, quiz, at + 2 * DAY, times=1)
    with pytest.raises(AttemptLimitReached):
        start_attempt(enrolment=enrolment, quiz=quiz, at=at + 2 * DAY + timedelta(hours=1))
    assert start_attempt(enrolment=enrolment, quiz=quiz, at=at + 4 * DAY).number == 5


def test_a_trainer_can_shorten_the_wait(quiz: QuizPage, enrolment: Enrolment, at: datetime) -> None:
    fail(enrolment, quiz, at, times=3)
    grant(enrolment, quiz, at)
    assert standing(enrolment, quiz, at).left == 1
    assert take(enrolment, quiz, at + timedelta(hours=1)).passed
    assert standing(enrolment, quiz, at).passed


def test_a_grant_counts_also_after_an_attempt_that_was_waited_for(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    fail(enrolment, quiz, at, times=3)
    fail(enrolment, quiz, at + 2 * DAY, times=1)
    an_hour_later = at + 2 * DAY + timedelta(hours=1)
    grant(enrolment, quiz, an_hour_later)
    assert standing(enrolment, quiz, an_hour_later).left == 1
    fail(enrolment, quiz, an_hour_later, times=1)
    assert standing(enrolment, quiz, an_hour_later).left == 0


def test_a_grant_beforehand_is_not_lost(quiz: QuizPage, enrolment: Enrolment, at: datetime) -> None:
    grant(enrolment, quiz, at)
    grant(enrolment, quiz, at)
    fail(enrolment, quiz, at + timedelta(hours=1), times=3)
    assert standing(enrolment, quiz, at + timedelta(hours=1)).left == 2


def test_the_log_cites_the_reason_by_key_and_hash(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    trainer = UserFactory()
    granted = grant_attempt(
        trainer=trainer, enrolment=enrolment, quiz=quiz, reason="  In hospital. ", at=at
    )
    words = GrantReason.objects.get()
    event = Event.of(Statement.objects.get(verb=verbs.AUTHORIZED.id))
    assert (granted.reason_key, granted.granted_by) == (words.key, trainer.actor.id)
    assert words.text == "In hospital."
    assert event.facts["reason-sha256"] == hashlib.sha256(words.text.encode()).hexdigest()
    assert "hospital" not in event.text


def test_a_grant_needs_a_reason(quiz: QuizPage, enrolment: Enrolment, at: datetime) -> None:
    with pytest.raises(ReasonMissing):
        grant_attempt(trainer=UserFactory(), enrolment=enrolment, quiz=quiz, reason="  \n", at=at)
    assert not GrantReason.objects.exists()


def test_an_attempt_is_its_learners_own(
    course: SmallCourse, quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    other = Enrolment(registration=course.lessons[0].key)
    with pytest.raises(AttemptNotFound):
        attempt_of(enrolment=other, quiz=quiz, number=1)


def test_the_rules_are_those_of_the_source_language(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    serbian = quiz.copy_for_translation(
        Locale.objects.create(language_code="sr"), copy_parents=True
    )
    serbian.attempts_allowed, serbian.pass_mark, serbian.time_limit = 9, 1, 1
    serbian.save_revision().publish()
    assert standing(enrolment, serbian, at).left == 3
    attempt = start_attempt(enrolment=enrolment, quiz=serbian, at=at)
    assert (attempt.pass_mark, attempt.deadline) == (quiz.pass_mark, None)
    assert attempt.quiz_key == quiz.key == serbian.key
