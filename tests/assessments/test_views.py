"""A quiz in the browser: begin, choose, close the window, come back, submit, read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.asking import Asked
from assessments.attempts import start_attempt
from assessments.models import Attempt, DraftAnswer, QuizPage
from assessments.papers import FrozenQuestion, frozen_questions
from courses.enrolment import enrol, withdraw
from courses.models import Enrolment
from people.actors import people_of
from people.models import User
from tests.factories.cohorts import cohort_of, join
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.support import sign_in, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    return course.quizzes[0]


@pytest.fixture
def browser(client: Client, learner: User, enrolment: Enrolment) -> Client:
    return sign_in(client, learner)


def address(name: str, quiz: QuizPage) -> str:
    return reverse(name, args=[quiz.key, 1])


def begin(browser: Client, quiz: QuizPage) -> list[FrozenQuestion]:
    response = browser.post(reverse("begin_attempt", args=[quiz.key]))
    assert response["Location"] == address("attempt", quiz)
    return frozen_questions(Attempt.objects.get())


def save(browser: Client, quiz: QuizPage, **form: Any) -> Any:
    """Send one answer as the page does: `choices` under the question's name in the form."""
    choices = {f"q-{form['question']}": form.pop("choices")} if "choices" in form else {}
    return browser.post(address("save_choice", quiz), form | choices)


def right(question: FrozenQuestion) -> str:
    return next(option.key for option in question.options if option.correct)


def chosen(item: Asked) -> list[str]:
    return [shown.option.key for shown in item.shown["options"] if shown.chosen]


def test_from_the_first_click_to_the_result(browser: Client, quiz: QuizPage) -> None:
    questions = begin(browser, quiz)
    assert browser.get(quiz.url).context["standing"].running
    for question in questions:
        form = {"question": question.key, "choices": right(question), "version": 0}
        assert save(browser, quiz, **form).json() == {"version": 1}
    paper = browser.get(address("attempt", quiz))
    assert [chosen(item) for item in paper.context["questions"]] == [[right(q)] for q in questions]
    response = browser.post(address("submit_attempt", quiz))
    assert response["Location"] == address("result", quiz)
    result = browser.get(address("result", quiz))
    assert result.context["result"].attempt.passed
    assert "Because 0" in result.content.decode()
    assert browser.get(address("attempt", quiz))["Location"] == address("result", quiz)
    assert browser.post(address("submit_attempt", quiz))["Location"] == address("result", quiz)


def test_another_browser_finds_what_was_chosen(
    browser: Client, quiz: QuizPage, learner: User
) -> None:
    question = begin(browser, quiz)[0]
    save(browser, quiz, question=question.key, choices=right(question), version=0)
    page = sign_in(Client(), learner).get(address("attempt", quiz))
    item = next(i for i in page.context["questions"] if i.key == question.key)
    assert (chosen(item), item.version) == ([right(question)], 1)


def test_the_paper_gives_no_answer_away(browser: Client, quiz: QuizPage) -> None:
    begin(browser, quiz)
    assert "Because" not in browser.get(address("attempt", quiz)).content.decode()
    assert browser.get(address("result", quiz))["Location"] == address("attempt", quiz)


def test_a_stale_tab_gets_409_and_what_is_saved(browser: Client, quiz: QuizPage) -> None:
    question = begin(browser, quiz)[0]
    first, second = question.options[0].key, question.options[1].key
    save(browser, quiz, question=question.key, choices=first, version=0)
    stale = save(browser, quiz, question=question.key, choices=second, version=0)
    assert stale.status_code == 409
    assert (stale.json()["choices"], stale.json()["version"]) == ([first], 1)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"question": "nonsense", "version": "0"},
        {"version": "zero"},
        {"choices": "forged", "version": "0"},
        {"question": "00000000-0000-4000-8000-000000000000", "choices": "x", "version": "0"},
    ],
)
def test_what_cannot_be_read_gets_400(
    browser: Client, quiz: QuizPage, form: dict[str, str]
) -> None:
    question = begin(browser, quiz)[0]
    if form:
        form = {"question": str(question.key)} | form
    assert save(browser, quiz, **form).status_code == 400
    assert not DraftAnswer.objects.exists()


def test_a_closed_attempt_gets_410(browser: Client, quiz: QuizPage) -> None:
    question = begin(browser, quiz)[0]
    browser.post(address("submit_attempt", quiz), {"anyway": "1"})
    form = {"question": question.key, "choices": right(question), "version": 0}
    assert save(browser, quiz, **form).status_code == 410


def test_without_javascript_the_form_says_it_all(browser: Client, quiz: QuizPage) -> None:
    questions = begin(browser, quiz)
    form = {f"q-{question.key}": right(question) for question in questions}
    assert browser.post(address("submit_attempt", quiz), form)["Location"] == address(
        "result", quiz
    )
    assert Attempt.objects.get().passed


def test_one_is_asked_before_submitting_what_is_unanswered(browser: Client, quiz: QuizPage) -> None:
    question = begin(browser, quiz)[0]
    form = {f"q-{question.key}": right(question)}
    asked = browser.post(address("submit_attempt", quiz), form, follow=True)
    assert len(asked.context["overview"].unanswered) == 1
    assert DraftAnswer.objects.count() == 1
    browser.post(address("submit_attempt", quiz), {"anyway": "1"})
    assert Attempt.objects.get().raw == 1.0


def test_when_time_is_over_what_was_saved_counts(
    browser: Client, quiz: QuizPage, enrolment: Enrolment
) -> None:
    quiz.time_limit = 20
    quiz.save_revision().publish()
    start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now() - timedelta(hours=1))
    assert browser.get(quiz.url).status_code == 200
    assert Attempt.objects.get().finished_at is None  # reading closes nothing
    response = browser.post(reverse("begin_attempt", args=[quiz.key]))
    assert response["Location"] == address("result", quiz)
    assert Attempt.objects.get().passed is False


def test_a_late_form_is_not_counted(browser: Client, quiz: QuizPage, enrolment: Enrolment) -> None:
    quiz.time_limit = 20
    quiz.save_revision().publish()
    then = timezone.now() - timedelta(hours=1)
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=then)
    form = {f"q-{question.key}": right(question) for question in frozen_questions(attempt)}
    browser.post(address("submit_attempt", quiz), form | {"anyway": "1"})
    attempt.refresh_from_db()
    assert (attempt.passed, attempt.finished_at) == (False, attempt.deadline)


def test_after_the_last_attempt_the_page_shows_the_way_on(
    browser: Client, quiz: QuizPage, enrolment: Enrolment
) -> None:
    for seed in range(3):
        take(enrolment, quiz, timezone.now(), right=False, seed=seed)
    page = browser.get(quiz.url).content.decode()
    assert "You have used your attempts." in page
    assert "Your tutor can open one sooner" not in page
    response = browser.post(reverse("begin_attempt", args=[quiz.key]), follow=True)
    assert "The next one opens on" in response.content.decode()
    assert Attempt.objects.count() == 3


def test_only_to_whom_there_is_a_tutor_one_is_named(
    client: Client, course: SmallCourse, quiz: QuizPage
) -> None:
    tutor = UserFactory(name_latin="Tea Tutor", name_cyrillic="Теа Тутор")
    enrolment = join(cohort_of(course, tutor, timezone.now()), course, timezone.now(), "A", "А")
    sign_in(client, people_of([enrolment.learner])[enrolment.learner])
    assert "Tea Tutor" not in client.get(quiz.url).content.decode()
    for seed in range(3):
        attempt = take(enrolment, quiz, timezone.now(), right=False, seed=seed)
    for where in (quiz.url, reverse("result", args=[quiz.key, attempt.number])):
        page = client.get(where).content.decode()
        assert "Your tutor can open one sooner" in page
        assert "Tea Tutor" in page


def test_who_comes_back_is_told_what_counts(
    browser: Client, quiz: QuizPage, enrolment: Enrolment, learner: User, course: SmallCourse
) -> None:
    take(enrolment, quiz, timezone.now(), right=False)
    withdraw(user=learner, enrolment=enrolment, at=timezone.now())
    enrol(user=learner, course=course.course, at=timezone.now())
    page = browser.get(quiz.url).content.decode()
    assert "2 attempts left." in page
    assert "1 attempt of your earlier enrolment counts, too." in page


def test_the_first_page_says_how_long_one_waits(browser: Client, quiz: QuizPage) -> None:
    page = browser.get(quiz.url).content.decode()
    assert "about 10 min; no time limit" in page
    assert "after the last, the next opens in 24 hours" in page


def test_after_a_failed_attempt_the_way_on_is_near_the_top(
    browser: Client, quiz: QuizPage, enrolment: Enrolment
) -> None:
    attempt = take(enrolment, quiz, timezone.now(), right=False)
    page = browser.get(reverse("result", args=[quiz.key, attempt.number])).content.decode()
    assert page.index("Try again") < page.index("Option 0")
