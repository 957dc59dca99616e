"""How sure learners are: asked beside each answer, told in the log, worth no points."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.attempts import start_attempt
from assessments.confidence import say_how_sure
from assessments.drafts import drafts_of, save_choice
from assessments.errors import AttemptClosed, UnknownChoice
from assessments.grading import submit_attempt
from assessments.item_statistics.answers import Given
from assessments.item_statistics.sureness import sureness_of
from assessments.models import Attempt, Confidence, QuizPage, Response
from assessments.papers import FrozenQuestion
from assessments.results import result_of
from courses.models import Enrolment
from lrs.rebuilding import differences
from tests.factories.courses import SmallCourse
from tests.support import right_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    quiz = course.quizzes[0]
    quiz.asks_confidence = True
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def post(browser: Client, name: str, quiz: QuizPage, **fields: Any) -> Any:
    return browser.post(reverse(name, args=[quiz.key, 1]), fields)


def test_what_is_said_is_kept_told_and_worth_nothing(
    quiz: QuizPage, attempt: Attempt, paper: list[FrozenQuestion], enrolment: Enrolment
) -> None:
    first, second = paper
    save_choice(
        attempt=attempt,
        question_key=first.key,
        choices=right_answer(first),
        version=0,
        at=timezone.now(),
    )
    for question, sure in ((first, "1"), (second, "3")):
        say_how_sure(attempt=attempt, question_key=question.key, confidence=sure, at=timezone.now())
    done = submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=timezone.now())
    assert (done.raw, done.maximum) == (1, 2)
    said = {r.question_key: r.confidence for r in Response.objects.all()}
    assert said == {first.key: Confidence.GUESSED, second.key: Confidence.SURE}
    assert differences() == []
    result = result_of(done)
    assert result.sureness == [("Sure", 0, 1), ("Not sure", 1, 1)]
    assert result.sure_and_wrong == 1


def test_the_script_saves_it_and_the_page_shows_it_again(
    browser: Client, quiz: QuizPage, attempt: Attempt, paper: list[FrozenQuestion]
) -> None:
    key = paper[0].key
    assert "How sure are you?" in browser.get(reverse("attempt", args=[quiz.key, 1])).text
    assert post(browser, "mark_question", quiz, question=key, confidence="2").status_code == 200
    page = browser.get(reverse("attempt", args=[quiz.key, 1])).text
    assert f'name="c-{key}" value="2" checked' in page
    assert not drafts_of(attempt)[key].flagged


def test_a_form_without_a_script_brings_it_along(
    browser: Client, quiz: QuizPage, attempt: Attempt, paper: list[FrozenQuestion]
) -> None:
    first, second = paper
    fields = {f"c-{first.key}": "3", f"c-{second.key}": "nine", "keep": "1"}
    post(browser, "submit_attempt", quiz, **fields)
    drafts = drafts_of(attempt)
    assert drafts[first.key].confidence == Confidence.SURE
    assert second.key not in drafts


@pytest.mark.parametrize("step", ["0", "4", "", "sure", "2.0"])
def test_what_is_no_step_is_refused(
    step: str, browser: Client, quiz: QuizPage, paper: list[FrozenQuestion], attempt: Attempt
) -> None:
    said = post(browser, "mark_question", quiz, question=paper[0].key, confidence=step)
    assert said.status_code == 400
    assert drafts_of(attempt) == {}


def test_after_the_end_and_unasked_nothing_is_kept(
    course: SmallCourse,
    quiz: QuizPage,
    attempt: Attempt,
    paper: list[FrozenQuestion],
    enrolment: Enrolment,
) -> None:
    submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=timezone.now())
    attempt.refresh_from_db()
    with pytest.raises(AttemptClosed):
        say_how_sure(attempt=attempt, question_key=paper[0].key, confidence="3", at=timezone.now())
    other = start_attempt(enrolment=enrolment, quiz=course.quizzes[1], at=timezone.now())
    with pytest.raises(UnknownChoice):
        say_how_sure(
            attempt=other, question_key=other.question_keys[0], confidence="3", at=timezone.now()
        )


def test_sure_and_wrong_shows_a_false_belief_and_few_are_no_group() -> None:
    def said(confidence: int | None, scaled: float) -> Given:
        return Given(frozenset(), scaled, None, None, confidence)

    given = [said(3, 0.0)] * 4 + [said(3, 1.0)] + [said(1, 1.0)] * 2 + [said(None, 1.0)] * 9
    sure, unsure = sureness_of(given)
    assert (str(sure.words), sure.count, sure.facility) == ("Sure", 5, 0.2)
    assert (unsure.count, unsure.facility) == (2, None)
