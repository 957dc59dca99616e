"""The form of a quiz says what the bank holds, and publishes nothing that could not be drawn."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from assessments.models import QuizPage
from tests.factories.courses import SmallCourse

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    return course.quizzes[0]


def form_of(quiz: QuizPage, *draws: dict[str, Any], **more: Any) -> dict[str, Any]:
    empty = {"tags": "", "difficulty": "", "objective": ""}
    form: dict[str, Any] = nested_form_data(
        {
            "title": quiz.title,
            "slug": quiz.slug,
            "introduction": rich_text(""),
            "questions": streamfield([("draw", empty | draw) for draw in draws]),
            **{
                name: getattr(quiz, name)
                for name in (
                    "navigation",
                    "pass_mark",
                    "attempts_allowed",
                    "counting",
                    "feedback",
                    "wait_hours",
                    "minutes",
                )
            },
            "comments": inline_formset([]),
            **more,
        }
    )
    return form


def send(browser: Client, quiz: QuizPage, form: dict[str, Any]) -> Any:
    return browser.post(reverse("wagtailadmin_pages:edit", args=[quiz.pk]), form)


def newest(quiz: QuizPage) -> list[Any]:
    page = QuizPage.objects.get(pk=quiz.pk).get_latest_revision_as_object()
    return [block.value["count"] for block in page.questions]


PUBLISH = {"action-publish": "1"}


def test_the_form_says_how_many_match_and_how_many_are_drawn(
    as_role: AsRole, quiz: QuizPage
) -> None:
    page = as_role("administrator").get(reverse("wagtailadmin_pages:edit", args=[quiz.pk]))
    assert '<b translate="no">easy</b>: 2 questions match, 2 are drawn' in page.content.decode()


def test_a_quiz_that_draws_too_many_is_not_published(as_role: AsRole, quiz: QuizPage) -> None:
    form = form_of(quiz, {"tags": "easy", "count": 3, "difficulty": "2"}, **PUBLISH)
    page = send(as_role("administrator"), quiz, form)
    assert page.status_code == 200
    assert "Too few: 2 questions match, 3 are drawn." in page.content.decode()
    assert newest(quiz) == [2]


def test_draws_that_share_their_questions_are_counted_together(
    as_role: AsRole, quiz: QuizPage
) -> None:
    form = form_of(quiz, {"tags": "easy", "count": 2}, {"tags": "easy hard", "count": 3}, **PUBLISH)
    page = send(as_role("administrator"), quiz, form)
    assert "All together 5 questions are asked, but only 4 fit." in page.content.decode()


def test_a_draft_may_ask_for_what_is_still_to_be_written(as_role: AsRole, quiz: QuizPage) -> None:
    browser = as_role("administrator")
    assert send(browser, quiz, form_of(quiz, {"tags": "easy", "count": 9})).status_code == 302
    assert newest(quiz) == [9]
    page = browser.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk])).content.decode()
    assert "too few" in page


def test_what_fits_is_published(as_role: AsRole, quiz: QuizPage) -> None:
    form = form_of(quiz, {"objective": "elements", "count": 4}, **PUBLISH)
    response = send(as_role("administrator"), quiz, form)
    assert response.status_code == 302, response.context["form"].errors
    assert QuizPage.objects.get(pk=quiz.pk).question_count == 4


def test_a_draw_from_everything_is_refused(as_role: AsRole, quiz: QuizPage) -> None:
    page = send(as_role("administrator"), quiz, form_of(quiz, {"count": 1}, **PUBLISH))
    assert "Give tags, a difficulty or an objective." in page.content.decode()
