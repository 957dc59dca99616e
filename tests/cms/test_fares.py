"""How a question and a quiz fare, in the CMS: figures of groups, for those who write and review."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Question, Response
from courses.enrolment import enrol
from courses.models import Enrolment
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.support import take

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(course: SmallCourse, at: datetime) -> Question:
    """A question that twelve learners have answered: seven rightly, five wrongly."""
    for number in range(12):
        learner = enrol(user=UserFactory(), course=course.course, at=at)
        take(learner, course.quizzes[1], at, right=number < 7)
    key = Response.objects.order_by("question_key")[0].question_key
    return Question.objects.get(translation_key=key)


@pytest.mark.parametrize("role", ["trainer", "reviewer", "administrator"])
def test_a_question_says_how_it_fares(
    role: str, course: SmallCourse, asked: Question, as_role: AsRole
) -> None:
    browser = as_role(role)
    page = browser.get(reverse("question_fares", args=[asked.key])).content.decode()
    assert "in 1 quiz" in page or "in 2 quizzes" in page
    assert "58\N{NO-BREAK SPACE}%" in page
    assert "Nobody chose" in page or "Nothing stands out" in page
    assert "Option 0" in page
    assert not any(str(one) in page for one in Enrolment.objects.values_list("actor", flat=True))


def test_a_quiz_says_how_it_fares(course: SmallCourse, asked: Question, as_role: AsRole) -> None:
    browser = as_role("trainer")
    address = reverse("quiz_fares", args=[course.quizzes[1].key])
    page = browser.get(address).content.decode()
    assert "Passed at the first attempt" in page
    assert reverse("question_fares", args=[asked.key]) in page
    for by in ("count", "discrimination", "' OR 1=1"):
        assert browser.get(address, {"by": by}).status_code == 200


def test_each_number_of_a_quiz_says_in_a_sentence_what_it_is(
    course: SmallCourse, asked: Question, as_role: AsRole
) -> None:
    page = as_role("trainer").get(reverse("quiz_fares", args=[course.quizzes[1].key]))
    text = page.content.decode()
    numbers = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text, re.DOTALL)
    names = [name for name, _ in numbers]
    assert names[:5] == [
        "Learners",
        "Passed at the first attempt",
        "Mean score",
        "Median",
        "Standard deviation",
    ]
    assert "Reliability" in names
    assert all("w-help-text" in said for _, said in numbers), numbers
    assert "Facility: the share of the points" in text


def test_it_is_found_from_the_list_and_from_the_form(asked: Question, as_role: AsRole) -> None:
    browser = as_role("trainer")
    there = reverse("question_fares", args=[asked.key])
    for name, args in (("list", []), ("edit", [asked.pk])):
        address = reverse(f"wagtailsnippets_assessments_question:{name}", args=args)
        assert there in browser.get(address).content.decode()


def test_figures_of_few_are_not_shown(course: SmallCourse, as_role: AsRole, at: datetime) -> None:
    learner = enrol(user=UserFactory(), course=course.course, at=at)
    take(learner, course.quizzes[1], at)
    key = Response.objects.order_by("question_key")[0].question_key
    browser = as_role("trainer")
    question = browser.get(reverse("question_fares", args=[key])).content.decode()
    quiz = browser.get(reverse("quiz_fares", args=[course.quizzes[1].key])).content.decode()
    for page in (question, quiz):
        assert "fewer than 5 people" in page
        assert "100\N{NO-BREAK SPACE}%" not in page


@pytest.mark.parametrize("role", ["officer", "learner"])
def test_nobody_else_gets_in(
    role: str, course: SmallCourse, asked: Question, as_role: AsRole
) -> None:
    browser = as_role(role)
    assert browser.get(reverse("question_fares", args=[asked.key])).status_code in (302, 403)
    assert browser.get(reverse("quiz_fares", args=[course.quizzes[1].key])).status_code in (
        302,
        403,
    )
