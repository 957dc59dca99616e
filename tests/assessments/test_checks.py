"""Feedback after each question: what was checked stays, counts, and is said once in the log."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.answering import check_answer
from assessments.attempts import start_attempt
from assessments.drafts import drafts_of, keep_form, save_choice
from assessments.errors import AnswerLocked, AttemptClosed, NothingToCheck
from assessments.grading import submit_attempt
from assessments.models import Attempt, Feedback, QuizPage, Response
from assessments.papers import FrozenQuestion, frozen_questions
from courses.models import Enrolment
from lrs.models import Statement
from lrs.rebuilding import differences
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone
from tests.factories.courses import SmallCourse
from tests.factories.kinds import question_of
from tests.factories.people import UserFactory
from tests.support import sign_in
from xapi import verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    quiz = course.quizzes[0]
    quiz.feedback = Feedback.IMMEDIATE
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def address(name: str, quiz: QuizPage) -> str:
    return reverse(name, args=[quiz.key, 1])


def answer(attempt: Attempt, question: FrozenQuestion, *, right: bool = True) -> list[str]:
    chosen = [option.key for option in question.options if option.correct == right][:1]
    save_choice(
        attempt=attempt, question_key=question.key, choices=chosen, version=0, at=timezone.now()
    )
    return chosen


def check(enrolment: Enrolment, quiz: QuizPage, question: FrozenQuestion) -> None:
    check_answer(
        enrolment=enrolment, quiz=quiz, number=1, question_key=question.key, at=timezone.now()
    )


def answered() -> int:
    return Statement.objects.filter(verb=verbs.ANSWERED.id).count()


def test_a_checked_answer_is_recorded_at_once_and_never_twice(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage
) -> None:
    first, second = frozen_questions(attempt)
    answer(attempt, first, right=False)
    answer(attempt, second)
    for _ in range(2):  # two clicks
        check(enrolment, quiz, first)
    assert answered() == 1
    assert Response.objects.get().scaled == 0.0
    assert Attempt.objects.get().finished_at is None
    done = submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=timezone.now())
    assert (done.raw, done.maximum, answered()) == (1.0, 2.0, 2)
    assert differences() == []


def test_its_statement_is_the_one_that_submission_would_have_recorded(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage
) -> None:
    question = frozen_questions(attempt)[0]
    answer(attempt, question)
    check(enrolment, quiz, question)
    checked = Statement.objects.get(verb=verbs.ANSWERED.id).id
    Response.objects.all().delete()  # as if nothing were known of it
    submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=timezone.now())
    assert answered() == 2
    assert Statement.objects.filter(id=checked).count() == 1


def test_what_was_checked_stays_whatever_a_page_sends(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage
) -> None:
    question = frozen_questions(attempt)[0]
    wrong = answer(attempt, question, right=False)
    check(enrolment, quiz, question)
    other = question.of_kind.perfect(question.options)
    with pytest.raises(AnswerLocked):
        save_choice(
            attempt=attempt,
            question_key=question.key,
            choices=other,
            version=1,
            at=timezone.now(),
        )
    for sent in (other, []):  # from a page that was opened before; from one that shows no fields
        keep_form(
            attempt=attempt,
            form={question.key: sent},
            versions={question.key: 1},
            at=timezone.now(),
        )
    assert drafts_of(attempt)[question.key].choices == wrong


def test_there_must_be_an_answer_and_a_quiz_that_tells(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage
) -> None:
    first, second = frozen_questions(attempt)
    with pytest.raises(NothingToCheck):
        check(enrolment, quiz, first)
    answer(attempt, second)
    Attempt.objects.update(feedback=Feedback.DEFERRED)
    with pytest.raises(NothingToCheck):
        check(enrolment, quiz, second)
    assert answered() == 0


def test_a_change_of_the_quiz_changes_no_running_attempt(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage
) -> None:
    quiz.feedback = Feedback.DEFERRED
    quiz.save_revision().publish()
    question = frozen_questions(attempt)[0]
    answer(attempt, question)
    check(enrolment, quiz, question)
    assert answered() == 1


@pytest.mark.parametrize("kind", ["likert", "long-answer"])
def test_what_nobody_can_tell_at_once_cannot_be_checked(
    course: SmallCourse, quiz: QuizPage, enrolment: Enrolment, learner: User, kind: str
) -> None:
    alone(course, question_of(kind, every_kind(0)[kind], slug="alone", tags=["alone"]))
    quiz.questions = [("draw", {"tags": "alone", "count": 1})]
    quiz.save_revision().publish()
    start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())
    page = sign_in(Client(), learner).get(address("attempt", quiz))
    assert 'name="check"' not in page.content.decode()
    with pytest.raises(NothingToCheck):
        check(enrolment, quiz, frozen_questions(Attempt.objects.get())[0])


def test_after_the_deadline_nothing_is_checked(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage
) -> None:
    question = frozen_questions(attempt)[0]
    answer(attempt, question)
    Attempt.objects.update(deadline=timezone.now() - timedelta(seconds=1))
    with pytest.raises(AttemptClosed):
        check(enrolment, quiz, question)


def test_without_javascript_the_button_saves_checks_and_shows(
    browser: Client, quiz: QuizPage, attempt: Attempt
) -> None:
    first, second = frozen_questions(attempt)
    form = {f"q-{q.key}": q.of_kind.perfect(q.options) for q in (first, second)}
    sent = form | {"check": str(first.key), "flags": "1", f"v-{first.key}": "0"}
    response = browser.post(address("submit_attempt", quiz), sent)
    assert response["Location"].startswith(address("attempt", quiz))
    assert response["Location"].endswith(f"#q-{first.key}")
    page = browser.get(address("attempt", quiz))
    assert [item.reviewed is not None for item in page.context["questions"]] == [True, False]
    words = page.content.decode()
    assert words.count("Because 0") == 1
    assert f'value="{second.key}">Check this answer' in words
    assert f'value="{first.key}">Check this answer' not in words
    assert len(page.context["overview"].answered) == 2
    browser.post(address("submit_attempt", quiz), {f"q-{second.key}": form[f"q-{second.key}"]})
    assert Attempt.objects.get().passed


def test_a_button_that_was_made_up_checks_nothing(
    browser: Client, quiz: QuizPage, attempt: Attempt
) -> None:
    for made_up in ("nonsense", str(quiz.key)):
        response = browser.post(address("submit_attempt", quiz), {"check": made_up})
        assert response["Location"] == address("attempt", quiz)
    assert answered() == 0


def test_nobody_checks_in_the_paper_of_another(quiz: QuizPage, attempt: Attempt) -> None:
    question = frozen_questions(attempt)[0]
    answer(attempt, question)
    stranger = sign_in(Client(), UserFactory())
    sent = {"check": str(question.key)}
    assert stranger.post(address("submit_attempt", quiz), sent).status_code == 404
    assert answered() == 0


def test_a_paper_without_checks_has_no_button(
    client: Client, course: SmallCourse, enrolment: Enrolment, learner: User
) -> None:
    start_attempt(enrolment=enrolment, quiz=course.quizzes[0], at=timezone.now())
    page = sign_in(client, learner).get(address("attempt", course.quizzes[0]))
    assert 'name="check"' not in page.content.decode()
