"""Which attempt counts as the result: the best, the last or the first. A pass stays a pass."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assessments.attempts import standing_in, start_attempt
from assessments.drafts import save_choice
from assessments.grading import submit_attempt
from assessments.models import Attempt, Counting, QuizPage
from assessments.papers import frozen_questions
from courses.models import Enrolment
from courses.outline import outline_of
from courses.study import edition_of
from lrs.rebuilding import differences
from people.models import User
from tests.factories.courses import SmallCourse
from tests.support import read, sign_in, take

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def ruled(quiz: QuizPage, counting: str) -> QuizPage:
    quiz.counting, quiz.pass_mark, quiz.attempts_allowed = counting, 50, 9
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def score(enrolment: Enrolment, quiz: QuizPage, at: datetime, right: int) -> Attempt:
    """Take a quiz of four questions with so many right answers."""
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    for question in frozen_questions(attempt)[:right]:
        save_choice(
            attempt=attempt,
            question_key=question.key,
            choices=question.of_kind.perfect(question.options_as_written),
            version=0,
            at=at,
        )
    return submit_attempt(enrolment=enrolment, quiz=quiz, number=attempt.number, at=at)


def shown(course: SmallCourse, enrolment: Enrolment, quiz: QuizPage) -> float | None:
    outline = outline_of(course=course.course, edition=edition_of(enrolment), enrolment=enrolment)
    return next(a.best_scaled for a in outline.activities() if a.key == quiz.key)


@pytest.mark.parametrize(
    ("counting", "number", "scaled"),
    [(Counting.HIGHEST, 2, 0.75), (Counting.LAST, 3, 0.5), (Counting.FIRST, 1, 0.25)],
)
def test_the_rule_says_whose_score_is_shown_and_stands_as_the_result(
    course: SmallCourse,
    enrolment: Enrolment,
    at: datetime,
    counting: str,
    number: int,
    scaled: float,
) -> None:
    quiz = ruled(course.quizzes[1], counting)
    for turn, right in enumerate([1, 3, 2]):
        score(enrolment, quiz, at + turn * HOUR, right)
    counted = standing_in(enrolment=enrolment, quiz=quiz, at=at).counted
    assert counted
    assert (counted.number, counted.scaled, counted.counting) == (number, scaled, counting)
    assert shown(course, enrolment, quiz) == scaled
    take(enrolment, course.quizzes[0], at)
    for lesson in course.lessons:
        read(enrolment, lesson, at + 3 * HOUR)
    enrolment.refresh_from_db()
    assert enrolment.completed_at
    assert enrolment.result == scaled
    assert differences() == []


def test_a_pass_stays_a_pass_whatever_comes_later(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    quiz = ruled(course.quizzes[1], Counting.LAST)
    for lesson in course.lessons:
        read(enrolment, lesson, at)
    take(enrolment, course.quizzes[0], at)
    score(enrolment, quiz, at + HOUR, 3)
    enrolment.refresh_from_db()
    completed = (enrolment.completed_at, enrolment.result)
    assert not score(enrolment, quiz, at + 2 * HOUR, 0).passed
    enrolment.refresh_from_db()
    assert (enrolment.completed_at, enrolment.result) == completed == (at + HOUR, 0.75)
    assert standing_in(enrolment=enrolment, quiz=quiz, at=at).passed
    assert shown(course, enrolment, quiz) == 0.0


def test_a_new_rule_counts_from_the_next_attempt(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    quiz = course.quizzes[1]
    score(enrolment, quiz, at, 2)
    score(enrolment, quiz, at + HOUR, 1)
    quiz = ruled(quiz, Counting.LAST)
    assert shown(course, enrolment, quiz) == 0.5
    score(enrolment, quiz, at + 2 * HOUR, 0)
    assert shown(course, enrolment, quiz) == 0.0


def test_the_pages_say_which_attempt_counts(
    client: Client, course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    quiz = ruled(course.quizzes[1], Counting.FIRST)
    for turn, right in enumerate([1, 3]):
        score(enrolment, quiz, at + turn * HOUR, right)
    page = sign_in(client, learner).get(quiz.url).content.decode()
    assert "the first one counts as the result" in page
    assert page.count("this one counts") == 1
    result = client.get(reverse("result", args=[quiz.key, 2])).content.decode()
    assert "Attempt 1 counts as your result: 1 of 4." in result


def test_with_one_attempt_nothing_is_said(
    client: Client, course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    score(enrolment, course.quizzes[1], at, 1)
    page = sign_in(client, learner).get(course.quizzes[1].url).content.decode()
    assert "counts" not in page


def test_of_equal_scores_the_newest_counts_and_the_result_says_nothing_of_it(
    client: Client, course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    quiz = ruled(course.quizzes[1], Counting.HIGHEST)
    for turn in range(2):
        score(enrolment, quiz, at + turn * HOUR, 1)
    counted = standing_in(enrolment=enrolment, quiz=quiz, at=at).counted
    assert counted
    assert counted.number == 2
    page = sign_in(client, learner).get(reverse("result", args=[quiz.key, 1])).content.decode()
    assert "counts as your result" not in page
