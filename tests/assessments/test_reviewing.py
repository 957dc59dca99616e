"""What is shown of an attempt right after it, and what once nothing depends on it any more."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.attempts import start_attempt
from assessments.grading import submit_attempt
from assessments.granting import grant_attempt
from assessments.models import QuizPage
from courses.models import Enrolment
from courses.outline import outline_of
from courses.study import edition_of
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone
from tests.factories.courses import SmallCourse
from tests.factories.kinds import question_of
from tests.factories.people import UserFactory
from tests.support import sign_in, take

pytestmark = pytest.mark.django_db

MARKS, SCORE = "0 of 2", "0 / 2"
REASON, SOURCE = "Because 0", "CoE Convention, art. 4"
RIGHT = 'class="choice missed"'  # what would have been right, after a wrong answer


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    return course.quizzes[0]


@pytest.fixture
def browser(client: Client, learner: User, enrolment: Enrolment) -> Client:
    return sign_in(client, learner)


def showing(quiz: QuizPage, **rules: Any) -> QuizPage:
    for name, value in ({"attempts_allowed": 2} | rules).items():
        setattr(quiz, name, value)
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def fail(enrolment: Enrolment, quiz: QuizPage, browser: Client) -> str:
    """Fail the next attempt; return its result page."""
    attempt = take(enrolment, quiz, timezone.now() - timedelta(minutes=10), right=False)
    return result(quiz, browser, attempt.number)


def result(quiz: QuizPage, browser: Client, number: int) -> str:
    return browser.get(reverse("result", args=[quiz.key, number])).content.decode()


def test_as_before_everything_is_shown_at_once(
    browser: Client, enrolment: Enrolment, quiz: QuizPage
) -> None:
    page = fail(enrolment, quiz, browser)
    assert all(words in page for words in (MARKS, REASON, SOURCE, RIGHT))


@pytest.mark.parametrize(
    ("hidden", "shown", "not_shown"),
    [
        (["marks"], [REASON, SOURCE, RIGHT], [MARKS, "By objective"]),
        (["reasons"], [MARKS, RIGHT], [REASON, SOURCE]),
        (["answers", "reasons"], [MARKS, "Not right."], [RIGHT, REASON, SOURCE]),
        (
            ["marks", "answers", "reasons"],
            ["Not passed yet", "Your answer"],
            [MARKS, "Not right.", RIGHT, REASON, SOURCE],
        ),
    ],
)
def test_what_is_kept_back_is_shown_after_the_last_attempt(
    browser: Client,
    enrolment: Enrolment,
    quiz: QuizPage,
    hidden: list[str],
    shown: list[str],
    not_shown: list[str],
) -> None:
    quiz = showing(quiz, **{f"{name}_at_once": False for name in hidden})
    page = fail(enrolment, quiz, browser)
    assert [words for words in shown if words not in page] == []
    assert [words for words in not_shown if words in page] == []
    fail(enrolment, quiz, browser)
    for number in (1, 2):
        page = result(quiz, browser, number)
        assert all(words in page for words in (MARKS, REASON, SOURCE, RIGHT))


def test_a_pass_is_an_end_too(browser: Client, enrolment: Enrolment, quiz: QuizPage) -> None:
    quiz = showing(quiz, answers_at_once=False, reasons_at_once=False)
    take(enrolment, quiz, timezone.now() - timedelta(minutes=10))
    assert REASON in result(quiz, browser, 1)


def test_what_is_shown_never_is_shown_never(
    browser: Client, enrolment: Enrolment, quiz: QuizPage
) -> None:
    rules = {f"{name}_{phase}": False for name in ("answers", "reasons") for phase in _PHASES}
    quiz = showing(quiz, **rules, attempts_allowed=1)
    page = fail(enrolment, quiz, browser)
    assert REASON not in page
    assert RIGHT not in page


_PHASES = ("at_once", "in_the_end")


def test_one_more_attempt_keeps_it_back_again(
    browser: Client, enrolment: Enrolment, quiz: QuizPage
) -> None:
    quiz = showing(quiz, reasons_at_once=False, attempts_allowed=1)
    assert REASON in fail(enrolment, quiz, browser)
    grant_attempt(
        trainer=UserFactory(), enrolment=enrolment, quiz=quiz, reason="Ill.", at=timezone.now()
    )
    assert REASON not in result(quiz, browser, 1)


def test_marks_that_are_not_shown_stand_on_no_other_page(
    browser: Client, course: SmallCourse, enrolment: Enrolment, quiz: QuizPage
) -> None:
    quiz = showing(quiz, marks_at_once=False)
    fail(enrolment, quiz, browser)
    page = browser.get(quiz.url).content.decode()
    assert "not passed yet" in page
    assert SCORE not in page
    assert [a.key for a in _outline(course, enrolment) if not a.shows_score] == [quiz.key]
    take(enrolment, quiz, timezone.now())
    assert all(a.shows_score for a in _outline(course, enrolment))
    assert "2 / 2" in browser.get(quiz.url).content.decode()


def _outline(course: SmallCourse, enrolment: Enrolment) -> list[Any]:
    edition = edition_of(enrolment)
    return list(outline_of(course=course.course, edition=edition, enrolment=enrolment).activities())


@pytest.mark.parametrize("kind", [name for name in every_kind(0) if name != "hotspot"])
def test_no_kind_tells_what_is_right_or_why(
    browser: Client, course: SmallCourse, enrolment: Enrolment, kind: str
) -> None:
    alone(course, question_of(kind, every_kind(0)[kind], slug="alone", tags=["alone"]))
    quiz = showing(course.quizzes[0], reasons_at_once=False)
    attempt = take(enrolment, quiz, timezone.now() - timedelta(minutes=10), right=False)
    assert "Art. 4(a)." not in result(quiz, browser, attempt.number)
    quiz = showing(quiz, answers_at_once=False)
    page = result(quiz, browser, attempt.number)
    assert "<fieldset disabled>" in page
    assert RIGHT not in page


@pytest.mark.parametrize("phase", _PHASES)
def test_reasons_are_not_shown_without_the_answers(quiz: QuizPage, phase: str) -> None:
    setattr(quiz, f"answers_{phase}", False)
    with pytest.raises(ValidationError) as refused:
        quiz.clean()
    assert list(refused.value.message_dict) == [f"reasons_{phase}"]


def test_what_was_left_open_is_not_said_to_be_right(
    browser: Client, enrolment: Enrolment, quiz: QuizPage
) -> None:
    now = timezone.now()
    start_attempt(enrolment=enrolment, quiz=quiz, at=now)
    submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=now + timedelta(minutes=1))
    page = result(quiz, browser, 1)
    assert page.count("Not answered.") == page.count("Right, but not chosen.") == 2
    assert 'class="choice right"' not in page
