"""What is open in a paper is named before it is submitted; a flag stays, and is no event."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.asking import paper_of
from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.errors import AttemptClosed, UnknownChoice
from assessments.flags import flag
from assessments.models import Attempt, DraftAnswer, QuizPage
from assessments.overview import Overview
from assessments.papers import FrozenQuestion, frozen_questions
from courses.models import Enrolment
from lrs.models import Statement
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone, begin
from tests.factories.courses import SmallCourse, question
from tests.factories.kinds import question_of
from tests.factories.people import UserFactory
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    return course.quizzes[0]


@pytest.fixture
def attempt(quiz: QuizPage, enrolment: Enrolment) -> Attempt:
    return start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())


@pytest.fixture
def browser(client: Client, learner: User, attempt: Attempt) -> Client:
    return sign_in(client, learner)


def address(name: str, quiz: QuizPage) -> str:
    return reverse(name, args=[quiz.key, 1])


def overview(attempt: Attempt) -> Overview:
    return Overview(paper_of(attempt))


def right(question: FrozenQuestion) -> list[str]:
    return question.of_kind.perfect(question.options_as_written)


def form_of(questions: list[FrozenQuestion]) -> dict[str, Any]:
    return {f"q-{question.key}": right(question) for question in questions} | {"flags": "1"}


def test_the_page_before_submission_names_each_open_question_with_a_way_back(
    browser: Client, quiz: QuizPage, attempt: Attempt
) -> None:
    first, second = frozen_questions(attempt)
    page = browser.post(address("submit_attempt", quiz), form_of([first]), follow=True)
    words = page.content.decode()
    assert f'href="{address("attempt", quiz)}#q-{second.key}">2. {second.stem}' in words
    assert f"#q-{first.key}" not in words
    assert f'id="q-{second.key}"' in browser.get(address("attempt", quiz)).content.decode()
    assert Attempt.objects.get().finished_at is None


def test_what_is_flagged_is_asked_about_though_everything_is_answered(
    browser: Client, quiz: QuizPage, attempt: Attempt
) -> None:
    questions = frozen_questions(attempt)
    form = form_of(questions) | {"flag": str(questions[0].key)}
    page = browser.post(address("submit_attempt", quiz), form, follow=True)
    assert "You wanted to look at 1 question again" in page.content.decode()
    browser.post(address("submit_attempt", quiz), {"anyway": "1"})
    assert Attempt.objects.get().passed


_TWO_GAPS = [
    ("passage", {"text": "Act, [1] and [2]."}),
    ("gap", {"answers": "means", "reason": "Art. 4"}),
    ("gap", {"answers": "purpose", "reason": "Art. 4"}),
]


@pytest.mark.parametrize("kind", ["matching", "sequencing", "cloze"])
def test_what_is_answered_in_part_is_said_to_be(
    course: SmallCourse, enrolment: Enrolment, at: datetime, kind: str
) -> None:
    parts = _TWO_GAPS if kind == "cloze" else every_kind(0)[kind]
    alone(course, question_of(kind, parts, slug="alone", tags=["alone"]))
    attempt, question = begin(enrolment, course, at)
    states = []
    for version, answer in enumerate([right(question)[:1], right(question)]):
        states.append(overview(attempt).questions[0].state)
        save_choice(
            attempt=attempt, question_key=question.key, choices=answer, version=version, at=at
        )
        states.append(overview(attempt).questions[0].state)
    assert states == ["unanswered", "partly", "partly", "answered"]


def test_a_flag_stays_with_the_paper_and_out_of_the_log(
    browser: Client, quiz: QuizPage, attempt: Attempt
) -> None:
    before = Statement.objects.count()
    key = frozen_questions(attempt)[1].key
    sent = {"question": str(key), "flagged": "1"}
    assert browser.post(address("mark_question", quiz), sent).status_code == 200
    shown = browser.get(address("attempt", quiz)).context["overview"]
    assert [one.key for one in shown.flagged] == [key]
    assert len(shown.unanswered) == 2
    browser.post(address("mark_question", quiz), sent | {"flagged": "0"})
    assert overview(attempt).flagged == []
    assert Statement.objects.count() == before


def test_a_flag_and_an_answer_do_not_get_in_each_others_way(attempt: Attempt) -> None:
    question, now = frozen_questions(attempt)[0], timezone.now()
    flag(attempt=attempt, question_key=question.key, flagged=True, at=now)
    save_choice(
        attempt=attempt, question_key=question.key, choices=right(question), version=0, at=now
    )
    flag(attempt=attempt, question_key=question.key, flagged=True, at=now)
    draft = DraftAnswer.objects.get()
    assert (draft.choices, draft.version, draft.flagged) == (right(question), 1, True)


def test_without_javascript_a_form_saves_answers_and_flags_and_stays(
    browser: Client, quiz: QuizPage, attempt: Attempt
) -> None:
    first, second = frozen_questions(attempt)
    form = form_of([first]) | {"flag": str(second.key), "keep": "1"}
    response = browser.post(address("submit_attempt", quiz), form)
    assert response["Location"] == address("attempt", quiz)
    assert [one.key for one in overview(attempt).flagged] == [second.key]
    browser.post(address("submit_attempt", quiz), form_of([first]) | {"keep": "1"})
    assert overview(attempt).flagged == []
    assert [one.key for one in overview(attempt).answered] == [first.key]


def test_only_a_question_of_this_paper_can_be_flagged(
    browser: Client, quiz: QuizPage, attempt: Attempt
) -> None:
    other = question("other", tags=["other"])
    with pytest.raises(UnknownChoice):
        flag(attempt=attempt, question_key=other.key, flagged=True, at=timezone.now())
    for sent in ({}, {"question": "nonsense"}, {"question": str(other.key), "flagged": "1"}):
        assert browser.post(address("mark_question", quiz), sent).status_code == 400
    assert not DraftAnswer.objects.exists()


def test_after_submission_no_flag_is_set(browser: Client, quiz: QuizPage, attempt: Attempt) -> None:
    key = frozen_questions(attempt)[0].key
    browser.post(address("submit_attempt", quiz), {"anyway": "1"})
    sent = {"question": str(key), "flagged": "1"}
    assert browser.post(address("mark_question", quiz), sent).status_code == 410
    attempt.refresh_from_db()
    with pytest.raises(AttemptClosed):
        flag(attempt=attempt, question_key=key, flagged=True, at=timezone.now())


def test_nobody_flags_in_the_paper_of_another(quiz: QuizPage, attempt: Attempt) -> None:
    stranger = sign_in(Client(), UserFactory())
    sent = {"question": str(frozen_questions(attempt)[0].key), "flagged": "1"}
    assert stranger.post(address("mark_question", quiz), sent).status_code == 404


def test_when_time_is_over_nothing_is_asked(
    browser: Client, quiz: QuizPage, attempt: Attempt
) -> None:
    Attempt.objects.update(deadline=timezone.now() - timedelta(seconds=1))
    response = browser.post(address("submit_attempt", quiz), form_of([]))
    assert response["Location"] == address("result", quiz)
