"""Practice in the browser, without a line of JavaScript: from the invitation to the tally."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.attempts import start_attempt
from assessments.models import PracticeAnswer, PracticeRound, Question, QuizPage
from assessments.papers import FrozenQuestion
from assessments.practice.rounds import begin_round
from config.demo.answering import right_answer, wrong_answer
from courses.enrolment import enrol, withdraw
from courses.models import Enrolment
from lrs.models import Statement
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone
from tests.assessments.practising import practise
from tests.factories.courses import SmallCourse
from tests.factories.kinds import question_of
from tests.factories.people import UserFactory
from tests.support import sign_in, take

pytestmark = pytest.mark.django_db

INVITED = "Practise what you got wrong (2 questions)"


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    return course.quizzes[0]


@pytest.fixture
def browser(client: Client, learner: User, enrolment: Enrolment) -> Client:
    return sign_in(client, learner)


@pytest.fixture
def key(course: SmallCourse) -> Any:
    return course.course.translation_key


def ago(**time: float) -> Any:
    return timezone.now() - timedelta(**time)


def fail(enrolment: Enrolment, quiz: QuizPage) -> None:
    take(enrolment, quiz, ago(minutes=10), right=False)


def begin(browser: Client, key: Any) -> str:
    """Begin a round; return where it is."""
    return str(browser.post(reverse("begin_practice", args=[key]))["Location"])


def asked_at(browser: Client, here: str) -> FrozenQuestion:
    found: FrozenQuestion = browser.get(here).context["asked"].question
    return found


def form_of(asked: FrozenQuestion, answer: list[str]) -> dict[str, Any]:
    """Return an answer as the form of the page sends it."""
    form: dict[str, Any] = {"question": str(asked.key)}
    for one in answer:
        inner, has_inner, value = one.partition("[.]")
        if has_inner:
            form[f"q-{asked.key}.{inner}"] = value
        else:
            form.setdefault(f"q-{asked.key}", []).append(one)
    return form


def send(browser: Client, here: str, form: dict[str, Any]) -> Any:
    return browser.post(f"{here}check/", form, follow=True)


def page_of(response: Any) -> str:
    return str(response.content.decode())


def test_an_invitation_stands_where_a_learner_comes_by(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, course: SmallCourse, key: Any
) -> None:
    places = [course.course.url, reverse("my_learning"), reverse("result", args=[quiz.key, 1])]
    for place in places[:2]:
        assert "Practise what" not in page_of(browser.get(place))
    fail(enrolment, quiz)
    for place in places:
        page = page_of(browser.get(place))
        assert INVITED in page
        assert f'href="{reverse("practice", args=[key])}"' in page
    practise(enrolment, timezone.now(), right=True)
    for place in places:
        assert "Practise what" not in page_of(browser.get(place))


def test_from_the_invitation_to_the_tally(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, key: Any
) -> None:
    fail(enrolment, quiz)
    first = page_of(browser.get(reverse("practice", args=[key])))
    assert "2 questions are waiting." in first
    assert "Nothing here counts: no attempt is used" in first
    assert "right on two different days, it leaves your list" in first
    here = begin(browser, key)
    asked = asked_at(browser, here)
    assert "Because" not in page_of(browser.get(here))
    shown = send(browser, here, form_of(asked, right_answer(asked)))
    assert shown.redirect_chain == [(f"{here}?checked={asked.key}", 302)]
    page = page_of(shown)
    assert "<h1>Right.</h1>" in page
    assert all(words in page for words in ("Because 0", "CoE Convention, art. 4", "Next question"))
    assert "It comes once more on another day" in page
    assert "Go on: 1 question left" in page_of(browser.get(reverse("practice", args=[key])))
    other = asked_at(browser, here)
    assert other.key != asked.key
    page = page_of(send(browser, here, form_of(other, wrong_answer(other, random.Random(1)))))
    assert "<h1>Not right.</h1>" in page
    assert "It stays on your list." in page
    assert "See how it went" in page
    tally = page_of(browser.get(here))
    assert "1 of 2 right" in tally
    assert "1 question is waiting. 1 that you got right today comes once more" in tally
    assert "Practise on: 1 question" in tally


def test_the_second_day_is_the_last(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, key: Any
) -> None:
    take(enrolment, quiz, ago(days=3), right=False)
    practise(enrolment, ago(days=2), right=True)
    here = begin(browser, key)
    for _ in range(2):
        asked = asked_at(browser, here)
        page = page_of(send(browser, here, form_of(asked, right_answer(asked))))
        assert "It has left your list." in page
    page = page_of(browser.get(reverse("practice", args=[key])))
    assert "There is nothing to practise now." in page
    told = page_of(browser.post(reverse("begin_practice", args=[key]), follow=True))
    assert told.count("There is nothing to practise now.") == 2


def test_the_lesson_behind_a_question_is_named(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, course: SmallCourse, key: Any
) -> None:
    for made in Question.objects.all():
        made.lesson = course.lessons[0]
        made.save_revision().publish()
    fail(enrolment, quiz)
    here = begin(browser, key)
    asked = asked_at(browser, here)
    page = page_of(send(browser, here, form_of(asked, right_answer(asked))))
    assert f'href="{course.lessons[0].url}"' in page
    assert f"Back to the lesson: {course.lessons[0].title}" in page


def test_without_the_reasons_neither_they_nor_the_source_are_shown(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, key: Any
) -> None:
    quiz.reasons_at_once = False
    quiz.save_revision().publish()
    fail(enrolment, quiz)
    here = begin(browser, key)
    asked = asked_at(browser, here)
    page = page_of(send(browser, here, form_of(asked, right_answer(asked))))
    assert 'class="choice right"' in page
    assert "Because" not in page
    assert "CoE Convention" not in page


@pytest.mark.parametrize(
    "kind", [name for name in every_kind(0) if name not in ("hotspot", "likert", "long-answer")]
)
@pytest.mark.parametrize("is_right", [True, False])
def test_every_kind_is_asked_and_explained(
    browser: Client,
    course: SmallCourse,
    enrolment: Enrolment,
    key: Any,
    kind: str,
    is_right: bool,
) -> None:
    alone(course, question_of(kind, every_kind(0)[kind], slug="alone", tags=["alone"]))
    fail(enrolment, course.quizzes[0])
    here = begin(browser, key)
    asked = asked_at(browser, here)
    given = right_answer(asked) if is_right else wrong_answer(asked, random.Random(1))
    page = page_of(send(browser, here, form_of(asked, given)))
    assert "Art. 4(a)." in page
    assert ("<h1>Right.</h1>" in page) == is_right
    assert PracticeAnswer.objects.get().success is is_right


# --- under fire ------------------------------------------------------------------------------


def test_a_second_window_is_told_that_the_first_answer_stands(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, key: Any
) -> None:
    fail(enrolment, quiz)
    here = begin(browser, key)
    assert begin(browser, key) == here
    asked = asked_at(browser, here)
    form = form_of(asked, right_answer(asked))
    send(browser, here, form)
    before = Statement.objects.count()
    assert "the first answer stands" not in page_of(send(browser, here, form))
    page = page_of(send(browser, here, form_of(asked, wrong_answer(asked, random.Random(1)))))
    assert "the first answer stands" in page
    assert "<h1>Right.</h1>" in page
    assert Statement.objects.count() == before


def test_what_cannot_be_taken_is_said_and_leads_on(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, key: Any
) -> None:
    fail(enrolment, quiz)
    here = begin(browser, key)
    asked = asked_at(browser, here)
    other = Question.objects.exclude(translation_key__in=PracticeRound.objects.get().question_keys)
    said = {
        "Answer this question first": form_of(asked, []),
        "This is not an option of this question.": form_of(asked, ["forged"]),
        "does not belong to your round": {"question": str(other[0].key)},
        "does not belong to your round of practice": {"question": "nonsense"},
    }
    before = Statement.objects.count()
    for words, form in said.items():
        page = page_of(send(browser, here, form))
        assert words in page
        assert asked.stem in page
    assert Statement.objects.count() == before
    assert browser.get(f"{here}check/")["Location"] == here
    begun = browser.get(reverse("begin_practice", args=[key]))
    assert begun["Location"] == reverse("practice", args=[key])


def test_a_foreign_round_and_one_that_is_over_lead_to_what_is_left(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, course: SmallCourse, key: Any
) -> None:
    fail(enrolment, quiz)
    somebody = enrol(user=UserFactory(), course=course.course, at=ago(days=1))
    fail(somebody, quiz)
    theirs = begin_round(enrolment=somebody, at=timezone.now())
    there = reverse("practice_round", args=[key, theirs.key])
    for response in (browser.get(there, follow=True), send(browser, there, {"question": "x"})):
        assert "<h1>Practise what you got wrong</h1>" in page_of(response)
    assert "This round of practice is over." in page_of(browser.get(there, follow=True))
    [asked] = theirs.question_keys[:1]
    form = {"question": str(asked), f"q-{asked}": "x"}
    assert page_of(send(browser, there, form)).count("This round of practice is over.") == 1
    assert not PracticeAnswer.objects.exists()


def test_while_an_attempt_asks_it_no_answer_is_shown_again(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, key: Any
) -> None:
    fail(enrolment, quiz)
    here = begin(browser, key)
    asked = asked_at(browser, here)
    send(browser, here, form_of(asked, right_answer(asked)))
    start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())
    page = page_of(browser.get(f"{here}?checked={asked.key}", follow=True))
    assert "This question cannot be practised now" in page
    assert "Because" not in page
    form = {"question": str(PracticeRound.objects.get().question_keys[1])}
    page = page_of(send(browser, here, form))
    assert "This question cannot be practised now" in page


def test_nothing_is_shown_of_what_was_not_answered(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, key: Any
) -> None:
    fail(enrolment, quiz)
    here = begin(browser, key)
    asked = asked_at(browser, here)
    for wanted in (asked.key, "nonsense"):
        page = page_of(browser.get(f"{here}?checked={wanted}", follow=True))
        assert "Because" not in page


def test_who_is_not_enrolled_any_more_is_led_to_the_course(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, learner: User, key: Any
) -> None:
    fail(enrolment, quiz)
    here = begin(browser, key)
    asked = asked_at(browser, here)
    withdraw(user=learner, enrolment=enrolment, at=timezone.now())
    before = Statement.objects.count()
    page = page_of(send(browser, here, form_of(asked, right_answer(asked))))
    assert "Enrol in the course first." in page
    assert Statement.objects.count() == before


def test_a_course_that_is_not_published_is_not_there(
    browser: Client, enrolment: Enrolment, course: SmallCourse, key: Any
) -> None:
    course.course.unpublish()
    assert browser.get(reverse("practice", args=[key])).status_code == 404
