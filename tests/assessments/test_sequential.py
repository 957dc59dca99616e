"""One question after the other: the server decides which is open, and nothing comes back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.answering import leave_question
from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.errors import AnswerLocked, AttemptClosed, NotYetOpen
from assessments.grading import submit_attempt
from assessments.models import Attempt, Feedback, Navigation, QuizPage, Response
from assessments.papers import FrozenQuestion, frozen_questions
from assessments.recorded import open_questions
from courses.models import Enrolment
from lrs.models import Statement
from lrs.rebuilding import differences
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.factories.courses import SmallCourse
from tests.factories.kinds import question_of
from tests.support import right_answer, sign_in
from xapi import verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    """Two questions, of which the second opens once the first was left."""
    quiz = course.quizzes[0]
    quiz.navigation = Navigation.SEQUENTIAL
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def save(attempt: Attempt, question: FrozenQuestion, version: int = 0) -> None:
    save_choice(
        attempt=attempt,
        question_key=question.key,
        choices=right_answer(question),
        version=version,
        at=timezone.now(),
    )


def leave(enrolment: Enrolment, quiz: QuizPage, question: FrozenQuestion) -> None:
    leave_question(
        enrolment=enrolment, quiz=quiz, number=1, question_key=question.key, at=timezone.now()
    )


def page_of(browser: Client, quiz: QuizPage, asked: str = "") -> str:
    return browser.get(reverse("attempt", args=[quiz.key, 1]) + asked).content.decode()


def send(browser: Client, quiz: QuizPage, **fields: Any) -> Any:
    """Send the form of the page, as a browser without a script does."""
    return browser.post(reverse("submit_attempt", args=[quiz.key, 1]), fields, follow=True)


def answers(question: FrozenQuestion, version: int = 0) -> dict[str, Any]:
    return {f"q-{question.key}": right_answer(question), f"v-{question.key}": version}


def test_the_page_shows_the_question_whose_turn_it_is_alone(
    browser: Client, quiz: QuizPage, paper: list[FrozenQuestion]
) -> None:
    page = page_of(browser, quiz)
    assert "Question 1 of 2" in page
    assert paper[0].stem in page
    assert paper[1].stem not in page
    assert "Submit 2 answers" not in page


def test_who_goes_on_without_a_script_comes_to_the_end(
    browser: Client, quiz: QuizPage, paper: list[FrozenQuestion]
) -> None:
    first, second = paper
    page = send(browser, quiz, next=first.key, **answers(first)).content.decode()
    assert "Question 2 of 2" in page
    assert first.stem not in page
    done = send(browser, quiz, **answers(second))
    assert done.redirect_chain[-1][0] == reverse("result", args=[quiz.key, 1])
    finished = Attempt.objects.get()
    assert (finished.passed, finished.raw) == (True, 2)
    assert Statement.objects.filter(verb=verbs.ANSWERED.id).count() == 2
    assert differences() == []


def test_before_a_question_without_an_answer_is_left_the_page_asks_once(
    browser: Client, quiz: QuizPage, paper: list[FrozenQuestion], attempt: Attempt
) -> None:
    first, second = paper
    page = send(browser, quiz, next=first.key).content.decode()
    assert "This question has no answer yet" in page
    assert open_questions(attempt) == [first.key]
    assert 'name="anyway" value="1"' in page
    page = send(browser, quiz, next=first.key, anyway="1").content.decode()
    assert second.stem in page
    assert Response.objects.get().scaled == 0.0


def test_what_was_left_can_be_neither_changed_nor_seen(
    browser: Client,
    quiz: QuizPage,
    paper: list[FrozenQuestion],
    attempt: Attempt,
    enrolment: Enrolment,
) -> None:
    first, second = paper
    save(attempt, first)
    leave(enrolment, quiz, first)
    with pytest.raises(AnswerLocked):
        save(attempt, first, version=1)
    for asked in ("", f"?checked={first.key}", f"?open={first.key}"):
        page = page_of(browser, quiz, asked)
        assert second.stem in page
        assert first.stem not in page
    assert browser.get(reverse("result", args=[quiz.key, 1])).status_code == 302


def test_what_comes_later_is_neither_answered_nor_left_nor_named(
    browser: Client,
    quiz: QuizPage,
    paper: list[FrozenQuestion],
    attempt: Attempt,
    enrolment: Enrolment,
) -> None:
    second = paper[1]
    with pytest.raises(NotYetOpen):
        save(attempt, second)
    with pytest.raises(NotYetOpen):
        leave(enrolment, quiz, second)
    for fields in (answers(second), {"anyway": "1"}, {"next": second.key, "anyway": "1"}):
        page = send(browser, quiz, **fields).content.decode()
        assert "One question comes after the other here" in page
        assert second.stem not in page
    unanswered = browser.get(reverse("unanswered", args=[quiz.key, 1])).content.decode()
    assert second.stem not in unanswered
    assert not Response.objects.exists()
    assert Attempt.objects.get().finished_at is None


def test_a_forged_question_is_no_question(
    browser: Client, quiz: QuizPage, attempt: Attempt
) -> None:
    for wrong in (str(uuid4()), "1", ""):
        assert "not an option" in send(browser, quiz, next=wrong).content.decode()
    assert not Response.objects.exists()


def test_two_clicks_leave_one_question(
    browser: Client, quiz: QuizPage, paper: list[FrozenQuestion], attempt: Attempt
) -> None:
    first, second = paper
    for _ in range(2):
        page = send(browser, quiz, next=first.key, **answers(first)).content.decode()
        assert "gone on in another window" not in page
    assert open_questions(attempt) == [second.key]
    assert Response.objects.count() == 1


def test_a_second_window_learns_that_the_first_has_gone_on(
    browser: Client, quiz: QuizPage, paper: list[FrozenQuestion], attempt: Attempt
) -> None:
    first = paper[0]
    send(browser, quiz, next=first.key, anyway="1")
    page = send(browser, quiz, next=first.key, **answers(first)).content.decode()
    assert "You had gone on in another window" in page
    assert Response.objects.get().scaled == 0.0


def test_over_time_nothing_is_left_and_what_was_saved_counts(
    quiz: QuizPage, enrolment: Enrolment
) -> None:
    QuizPage.objects.filter(pk=quiz.pk).update(time_limit=10)
    quiz.refresh_from_db()
    then = timezone.now() - timedelta(hours=1)
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=then)
    first, _ = frozen_questions(attempt)
    save_choice(
        attempt=attempt,
        question_key=first.key,
        choices=right_answer(first),
        version=0,
        at=then + timedelta(minutes=1),
    )
    with pytest.raises(AttemptClosed):
        leave(enrolment, quiz, first)
    done = submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=timezone.now())
    assert (done.raw, done.finished_at) == (1, attempt.deadline)


def test_a_checked_answer_is_shown_until_one_goes_on(
    quiz: QuizPage, enrolment: Enrolment, client: Client, learner: User
) -> None:
    QuizPage.objects.filter(pk=quiz.pk).update(feedback=Feedback.IMMEDIATE)
    quiz.refresh_from_db()
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())
    browser = sign_in(client, learner)
    first, second = frozen_questions(attempt)
    checked = send(browser, quiz, check=first.key, **answers(first)).content.decode()
    assert "Because 0" in checked
    assert "Next question" in checked
    assert second.stem not in checked
    assert second.stem in page_of(browser, quiz)


def test_a_long_answer_that_was_left_waits_for_the_end_of_the_paper(
    course: SmallCourse, quiz: QuizPage, enrolment: Enrolment
) -> None:
    long = question_of("long-answer", every_kind(0)["long-answer"], slug="long", tags=["none"])
    quiz.questions = [("question", long), ("draw", {"tags": "easy", "count": 1})]
    quiz.shuffle_questions = False
    quiz.save_revision().publish()
    quiz.refresh_from_db()
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())
    first, second = frozen_questions(attempt)
    save_choice(
        attempt=attempt,
        question_key=first.key,
        choices=["He was kept there."],
        version=0,
        at=timezone.now(),
    )
    leave(enrolment, quiz, first)
    assert Response.objects.get().is_waiting
    save(attempt, second)
    done = submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=timezone.now())
    assert done.is_waiting
    assert Response.objects.count() == 2
    assert differences() == []


def test_the_rule_is_that_of_the_beginning(
    quiz: QuizPage, attempt: Attempt, enrolment: Enrolment
) -> None:
    QuizPage.objects.filter(pk=quiz.pk).update(navigation=Navigation.FREE)
    assert Attempt.objects.get().is_sequential


def test_who_goes_freely_leaves_nothing_behind(course: SmallCourse, enrolment: Enrolment) -> None:
    quiz = course.quizzes[0]
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())
    with pytest.raises(NotYetOpen):
        leave(enrolment, quiz, frozen_questions(attempt)[0])
