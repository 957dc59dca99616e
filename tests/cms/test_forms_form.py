"""The form of a test before or after: it is published only if it can measure a gain."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from assessments.models import Form, Question, QuizPage
from tests.factories.courses import SmallCourse, objective, published, small_course
from tests.factories.forms import TwoTests, form_questions, pair_of_tests
from tests.factories.kinds import question_of

AsRole = Callable[[str], Client]
Stream = list[tuple[str, Any]]
pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "1"}
RULES = ("navigation", "pass_mark", "attempts_allowed", "counting", "feedback", "wait_hours")


@pytest.fixture
def quizzes(course: SmallCourse) -> list[QuizPage]:
    """Two ordinary quizzes; the bank holds four questions of each form."""
    for form in Form.values:
        form_questions(form)
    return course.quizzes


def asked(form: str, *numbers: int) -> Stream:
    """Return a form in a stream with these of its questions."""
    slugs = [f"form-{form.lower()}-{number}" for number in numbers]
    found = {one.slug: one.pk for one in Question.objects.filter(slug__in=slugs)}
    return [("form", form), *(("question", found[slug]) for slug in slugs)]


def both() -> Stream:
    return [*asked("A", 0, 1, 2, 3), *asked("B", 0, 1, 2, 3)]


def draw(count: int, **wanted: str) -> tuple[str, Any]:
    return "draw", {"tags": "", "difficulty": "", "objective": "", "count": count} | wanted


def send(browser: Client, quiz: QuizPage, stream: Stream, **more: Any) -> Any:
    form = {
        "title": quiz.title,
        "slug": quiz.slug,
        "introduction": rich_text(""),
        "questions": streamfield(stream),
        "minutes": quiz.minutes,
        **{name: getattr(quiz, name) for name in RULES},
        "comments": inline_formset([]),
    }
    address = reverse("wagtailadmin_pages:edit", args=[quiz.pk])
    return browser.post(address, nested_form_data(form | more))


def refused(browser: Client, quiz: QuizPage, stream: Stream, **more: Any) -> str:
    response = send(browser, quiz, stream, **PUBLISH, **more)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def accepted(browser: Client, quiz: QuizPage, stream: Stream, **more: Any) -> QuizPage:
    response = send(browser, quiz, stream, **PUBLISH, **more)
    assert response.status_code == 302, response.context["form"].errors
    return QuizPage.objects.get(pk=quiz.pk)


def test_a_pair_of_tests_is_written_and_published(quizzes: list[QuizPage], as_role: AsRole) -> None:
    before, after = quizzes
    browser = as_role("administrator")
    made = accepted(browser, before, both(), role="pre-test")
    assert (made.question_count, made.is_pre_test) == (4, True)
    made = accepted(browser, after, both(), role="post-test", pre_test=str(before.pk))
    assert made.before_key == before.key
    page = browser.get(reverse("wagtailadmin_pages:edit", args=[after.pk])).content.decode()
    assert "Consent 2, Elements 2" in page
    assert "Both forms ask equally often about each objective." in page


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        (lambda: asked("A", 0, 1), "There is no question in form B: both forms are needed."),
        (lambda: [("form", "A"), *asked("B", 0)], "There is no question in form A"),
        (lambda: [*asked("A", 0, 1)[1:], *both()], "some stand before the first form."),
        (
            lambda: [*asked("A", 0, 1), *asked("B", 0, 2)],
            "equally often about each objective. A: Elements 2. B: Consent 1, Elements 1.",
        ),
        (
            lambda: [*asked("A", 0), ("form", "B"), asked("A", 0)[1]],
            "1 question may come in both forms",
        ),
        (
            lambda: [("form", "A"), draw(1, tags="form-A"), *asked("B", 0)],
            "In a form every question, and every draw, must name its objective.",
        ),
        (
            lambda: [
                *(("form", "A"), draw(1, objective="consent")),
                *(("form", "B"), draw(1, objective="consent")),
            ],
            "4 questions may come in both forms",
        ),
        (lambda: [draw(2, tags="easy")], "There is no question in form A"),
    ],
)
def test_what_cannot_be_parallel_is_refused(
    stream: Callable[[], Stream], words: str, quizzes: list[QuizPage], as_role: AsRole
) -> None:
    assert words in refused(as_role("administrator"), quizzes[0], stream(), role="pre-test")
    assert not QuizPage.objects.get(pk=quizzes[0].pk).role


def test_draws_that_share_nothing_can_be_parallel(quizzes: list[QuizPage], as_role: AsRole) -> None:
    stream = [
        *(("form", "A"), draw(1, tags="form-A", objective="consent")),
        *(("form", "B"), draw(1, tags="form-B", objective="consent")),
    ]
    assert accepted(as_role("administrator"), quizzes[0], stream, role="pre-test").role


def test_what_is_not_scored_need_not_be_the_same(quizzes: list[QuizPage], as_role: AsRole) -> None:
    mood = question_of("likert", [("point", {"text": t}) for t in "abc"], slug="mood", tags=["x"])
    mood.objective = objective("consent")
    mood.save()
    stream = [*asked("A", 0), ("question", published(mood).pk), *asked("B", 0)]
    assert accepted(as_role("administrator"), quizzes[0], stream, role="pre-test").role


def test_a_draft_may_be_unfinished(quizzes: list[QuizPage], as_role: AsRole) -> None:
    browser = as_role("administrator")
    response = send(browser, quizzes[0], asked("A", 0), role="pre-test")
    assert response.status_code == 302
    page = browser.get(reverse("wagtailadmin_pages:edit", args=[quizzes[0].pk])).content.decode()
    assert "There is no question in form B" in page


def test_forms_are_for_tests_before_and_after_only(
    quizzes: list[QuizPage], as_role: AsRole
) -> None:
    words = refused(as_role("administrator"), quizzes[0], both(), role="")
    assert "Only a test before or after has form A and form B." in words
    named = {"role": "", "pre_test": str(quizzes[1].pk)}
    words = refused(as_role("administrator"), quizzes[0], [draw(2, tags="easy")], **named)
    assert "Only a test after is compared with another quiz." in words


def test_a_test_before_tells_nothing_at_once(quizzes: list[QuizPage], as_role: AsRole) -> None:
    words = refused(
        as_role("administrator"), quizzes[0], both(), role="pre-test", feedback="immediate"
    )
    assert "A test before tells nothing until the test after" in words


def test_a_test_after_names_a_published_test_before_of_its_course(
    quizzes: list[QuizPage], as_role: AsRole, at: Any
) -> None:
    before, after = quizzes
    browser = as_role("administrator")
    assert "Choose the test before." in refused(browser, after, both(), role="post-test")
    named = {"role": "post-test", "pre_test": str(before.pk)}
    assert "“Quiz” is no test before" in refused(browser, after, both(), **named)
    accepted(browser, before, both(), role="pre-test")
    before.refresh_from_db()
    before.unpublish()
    assert "“Quiz” is not published yet" in refused(browser, after, both(), **named)
    elsewhere = pair_of_other_course(at)
    foreign = {"role": "post-test", "pre_test": str(elsewhere.before.pk)}
    assert "Select a valid choice" in refused(browser, after, both(), **foreign)
    itself = {"role": "post-test", "pre_test": str(after.pk)}
    assert "Select a valid choice" in refused(browser, after, both(), **itself)


def pair_of_other_course(at: Any) -> TwoTests:
    Question.objects.filter(slug__startswith="form-").update(slug="old")
    return pair_of_tests(small_course(at, slug="other"))


def test_both_tests_have_the_same_two_forms(quizzes: list[QuizPage], as_role: AsRole) -> None:
    before, after = quizzes
    browser = as_role("administrator")
    accepted(browser, before, [*asked("A", 0, 2), *asked("B", 0, 2)], role="pre-test")
    named = {"role": "post-test", "pre_test": str(before.pk)}
    assert "Form A asks otherwise about the objectives" in refused(browser, after, both(), **named)
    other = [*asked("A", 1, 3), *asked("B", 0, 2)]
    assert "Form A asks other questions than form A of" in refused(browser, after, other, **named)
    swapped = [*asked("B", 2, 0), *asked("A", 2, 0)]
    assert accepted(browser, after, swapped, **named).role


def test_the_first_test_says_when_the_second_no_longer_fits(
    course: SmallCourse, as_role: AsRole
) -> None:
    pair = pair_of_tests(course)
    browser = as_role("administrator")
    accepted(browser, pair.before, [*asked("A", 0), *asked("B", 0)], role="pre-test")
    for quiz in (pair.before, pair.after):
        page = browser.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk])).content.decode()
        assert "Form A asks otherwise about the objectives" in page
