"""What a paper and its result say: gaps, time, points, and the words of whoever scored."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from assessments.models import Attempt, QuizPage, Response
from assessments.regrading.overriding import override as rescore
from assessments.results import result_of
from courses.models import Enrolment
from people.actors import actor_id
from people.models import User
from tests.assessments.playing import alone, hand_in
from tests.factories.courses import SmallCourse
from tests.factories.kinds import parts_of, question_of
from tests.factories.people import UserFactory
from tests.support import sign_in, take

pytestmark = pytest.mark.django_db

CLOZE = [
    ("passage", {"text": "Article [1] says 3[2]."}),
    ("gap", {"answers": "4", "reason": "Art. 4."}),
    ("gap", {"answers": "days", "reason": "Art. 13."}),
]


def result(client: Client, quiz: QuizPage, language: str = "en") -> str:
    with override(language):
        address = reverse("result", args=[quiz.key, 1])
    return client.get(address).content.decode()


@pytest.fixture
def browser(client: Client, learner: User, enrolment: Enrolment) -> Client:
    return sign_in(client, learner)


@pytest.fixture
def gaps(course: SmallCourse, enrolment: Enrolment, at: datetime) -> QuizPage:
    """A quiz of one text with two gaps, submitted with the first of them right."""
    alone(course, question_of("cloze", CLOZE, slug="gaps", tags=["alone"]))
    first = next(part.key for part in parts_of(CLOZE, "gaps") if part.type == "gap")
    hand_in(enrolment, course, [f"{first}[.]4"], at)
    return course.quizzes[0]


# --- gaps and points ------------------------------------------------------------------------


def test_the_number_of_a_gap_is_no_exponent(browser: Client, gaps: QuizPage) -> None:
    shown = result(browser, gaps)
    assert "<sup" not in shown
    assert shown.count('<span class="visually-hidden">Gap 1</span>') == 2
    assert shown.count('<span aria-hidden="true">[2]</span>') == 2


def test_points_by_objective_are_those_of_the_questions(browser: Client, gaps: QuizPage) -> None:
    [objective] = result_of(Attempt.objects.get()).objectives
    assert (objective.right, objective.total) == (0.5, 1)
    shown = result(browser, gaps)
    assert "<dd>0.5 of 1</dd>" in shown
    assert "Earned: 0.5 of 1 point." in shown
    serbian = result(browser, gaps, "sr")
    assert "<dd>0,5 од 1</dd>" in serbian
    assert "Освојено: 0,5 од 1 поена." in serbian


def test_whole_points_have_no_decimals(
    course: SmallCourse, enrolment: Enrolment, browser: Client, at: datetime
) -> None:
    take(enrolment, course.quizzes[1], at)
    shown = result(browser, course.quizzes[1])
    assert "<dd>4 of 4</dd>" in shown
    assert "Earned:" not in shown


# --- what a person wrote --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "marked"),
    [
        ("Члан 4 каже друго.", '<span translate="no" lang="sr-Cyrl">Члан 4 каже друго.</span>'),
        ("The key is <wrong>.", '<span translate="no" lang="en">The key is &lt;wrong&gt;.</span>'),
    ],
)
def test_a_reason_stands_as_it_was_given_and_in_its_language(
    course: SmallCourse,
    enrolment: Enrolment,
    browser: Client,
    at: datetime,
    reason: str,
    marked: str,
) -> None:
    take(enrolment, course.quizzes[0], at)
    response = Response.objects.first()
    assert response
    by = actor_id(UserFactory())
    rescore(response=response, scaled=0.5, reason=reason, by=by, at=at + timedelta(hours=1))
    for language in ("en", "sr", "sr-latn"):
        assert marked in result(browser, course.quizzes[0], language)


# --- the clock ------------------------------------------------------------------------------


@pytest.fixture
def timed(course: SmallCourse) -> QuizPage:
    quiz = course.quizzes[0]
    quiz.time_limit = 20
    quiz.save_revision().publish()
    return quiz


def test_who_has_a_time_limit_is_not_told_to_come_back_later(
    timed: QuizPage, course: SmallCourse, browser: Client
) -> None:
    goes_on, later = "your time goes on, also while the page is closed", "go on later"
    before = browser.get(timed.url).content.decode()
    assert goes_on in before
    assert later not in before
    browser.post(reverse("begin_attempt", args=[timed.key]))
    running = browser.get(timed.url).content.decode()
    assert "Your time goes on, also while the page is closed; it ends at" in running
    other = browser.get(course.quizzes[1].url).content.decode()
    assert later in other
    assert goes_on not in other


def test_the_time_is_in_view_and_comes_from_the_server(timed: QuizPage, browser: Client) -> None:
    browser.post(reverse("begin_attempt", args=[timed.key]))
    paper = browser.get(reverse("attempt", args=[timed.key, 1])).content.decode()
    attempt = Attempt.objects.get()
    assert attempt.deadline
    end = timezone.localtime(attempt.deadline)
    assert f'data-end="{int(end.timestamp())}"' in paper
    assert 'class="clock"' in paper
    assert "js/clock" in paper


def test_without_a_limit_there_is_no_clock(course: SmallCourse, browser: Client) -> None:
    quiz = course.quizzes[0]
    browser.post(reverse("begin_attempt", args=[quiz.key]))
    paper = browser.get(reverse("attempt", args=[quiz.key, 1])).content.decode()
    assert 'class="clock"' not in paper
    assert "js/clock" not in paper
