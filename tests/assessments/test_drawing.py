"""What is drawn stands for good, and no question comes twice."""

import random
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.models import Locale

from assessments.asking import paper_of
from assessments.attempts import start_attempt
from assessments.drawing import Reader, draw
from assessments.errors import QuizIsEmpty
from assessments.models import Question, QuizPage
from assessments.papers import Section, frozen_questions, sections_before
from courses.models import Enrolment
from lrs.events import Event
from lrs.models import Statement
from lrs.rebuilding import differences
from tests.factories.courses import SmallCourse, objective, question, question_in_serbian
from tests.support import take
from xapi import verbs

pytestmark = pytest.mark.django_db


def drawn(quiz: QuizPage, seed: int = 1) -> list[dict[str, Any]]:
    return draw(quiz, chance=random.Random(seed))


def asks(quiz: QuizPage, *blocks: tuple[str, Any]) -> QuizPage:
    quiz.questions = [{"type": type_, "value": value} for type_, value in blocks]
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def by_tag(tags: str, count: int) -> tuple[str, Any]:
    return "draw", {"tags": tags, "count": count}


def draws(count: int, **wanted: str) -> tuple[str, Any]:
    return "draw", wanted | {"count": count}


def section(heading: str, text: str = "") -> tuple[str, Any]:
    return "section", {"heading": heading, "text": text}


@pytest.fixture
def final(course: SmallCourse) -> QuizPage:
    """A quiz that draws from a bank of four: two easy questions, two hard ones."""
    return course.quizzes[1]


def test_overlapping_draws_repeat_nothing(final: QuizPage) -> None:
    quiz = asks(final, by_tag("easy", 2), by_tag("easy hard", 2))
    for seed in range(20):
        keys = [question["key"] for question in drawn(quiz, seed)]
        assert len(set(keys)) == len(keys) == 4


def test_a_question_asked_by_name_is_not_drawn_as_well(final: QuizPage) -> None:
    named = Question.objects.get(slug="core-q0")
    quiz = asks(final, by_tag("easy hard", 3), ("question", named.pk))
    for seed in range(20):
        keys = [question["key"] for question in drawn(quiz, seed)]
        assert len(set(keys)) == len(keys) == 4
        assert str(named.key) in keys


def test_a_question_with_two_matching_tags_comes_once(final: QuizPage) -> None:
    Question.objects.all().delete()
    question("both", tags=["easy", "hard"])
    quiz = asks(final, by_tag("easy hard", 1))
    assert len(drawn(quiz)) == 1


def test_a_bank_that_is_too_small_is_said_so(final: QuizPage) -> None:
    quiz = asks(final, by_tag("easy", 3))
    with pytest.raises(QuizIsEmpty):
        drawn(quiz)


def test_a_draft_question_is_never_asked(final: QuizPage) -> None:
    hidden = Question.objects.get(slug="core-q0")
    hidden.unpublish()
    quiz = asks(final, by_tag("easy hard", 3))
    assert str(hidden.key) not in {question["key"] for question in drawn(quiz)}
    with pytest.raises(QuizIsEmpty):
        drawn(asks(final, ("question", hidden.pk)))


def test_one_seed_draws_one_paper_and_others_draw_others(final: QuizPage) -> None:
    assert drawn(final, 5) == drawn(final, 5)
    assert len({str(drawn(final, seed)) for seed in range(10)}) > 1


def test_without_shuffling_everything_keeps_its_order(final: QuizPage) -> None:
    final.shuffle_questions = final.shuffle_options = False
    first, second = Question.objects.filter(slug__in=["core-q2", "core-q0"]).order_by("-slug")
    quiz = asks(final, ("question", first.pk), ("question", second.pk))
    paper = drawn(quiz)
    assert [question["key"] for question in paper] == [str(first.key), str(second.key)]
    assert paper[0]["options"] == [option.id for option in first.options]


def test_true_stands_before_false(final: QuizPage) -> None:
    question("statement", kind="true-false", tags=["fact"])
    made = Question.objects.get(slug="statement")
    quiz = asks(final, by_tag("fact", 1))
    orders = {tuple(drawn(quiz, seed)[0]["options"]) for seed in range(10)}
    assert orders == {tuple(option.id for option in made.options)}


def test_a_quiz_in_another_language_asks_the_same_questions(final: QuizPage) -> None:
    named = Question.objects.get(slug="core-q0")
    serbian = named.copy_for_translation(Locale.objects.create(language_code="sr"))
    serbian.stem = "Да ли?"
    serbian.live = True
    serbian.save()
    serbian.save_revision().publish()
    quiz = asks(final, ("question", serbian.pk))
    assert drawn(quiz)[0]["revision"] == named.live_revision_id


def test_what_can_be_read_is_drawn_first(final: QuizPage) -> None:
    readable = Question.objects.get(slug="core-q1")
    question_in_serbian(readable, "Питање?")
    one, three = asks(final, by_tag("easy hard", 1)), asks(final, by_tag("easy hard", 3))
    english = set()
    for seed in range(10):
        [drawn_] = draw(one, chance=random.Random(seed), reader=Reader("sr"))
        assert drawn_["key"] == str(readable.key)
        assert str(readable.key) in {
            q["key"] for q in draw(three, chance=random.Random(seed), reader=Reader("sr"))
        }
        english |= {q["key"] for q in drawn(one, seed)}
    assert len(english) > 1


def test_an_attempt_begun_in_serbian_draws_what_is_in_serbian(
    final: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    for slug in ("core-q0", "core-q3"):
        question_in_serbian(Question.objects.get(slug=slug), f"{slug} на српском?")
    Question.objects.filter(slug="core-q3", locale__language_code="sr").update(live=False)
    quiz = asks(final, by_tag("easy hard", 1))
    with override("sr-latn"):
        paper = frozen_questions(start_attempt(enrolment=enrolment, quiz=quiz, at=at))
        assert [question.stem for question in paper] == ["core-q0 на српском?"]


def test_a_running_attempt_keeps_the_question_as_it_was_drawn(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=course.quizzes[0], at=at)
    for changed in Question.objects.all():
        changed.stem = "Changed"
        changed.options = [
            {
                "type": "option",
                "id": block.id,
                "value": {"text": "Other", "correct": number == 2, "reason": "Because"},
            }
            for number, block in enumerate(changed.options)
        ]
        changed.save_revision().publish()
    paper = frozen_questions(attempt)
    assert "Changed" not in {question.stem for question in paper}
    assert [o.text for o in paper[0].options_as_written] == ["Option 0", "Option 1", "Option 2"]
    assert take(enrolment, course.quizzes[0], at).passed


def test_what_was_drawn_stands_in_the_order_of_the_attempt(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=course.quizzes[1], at=at)
    paper = frozen_questions(attempt)
    assert [question.key for question in paper] == attempt.question_keys
    for question_, drawn_ in zip(paper, attempt.drawn, strict=True):
        assert [option.key for option in question_.options] == drawn_["options"]


def test_what_a_draw_asks_for_holds_together(final: QuizPage) -> None:
    for slug, difficulty, about in (("core-q0", 3, "elements"), ("core-q1", 3, "means")):
        Question.objects.filter(slug=slug).update(difficulty=difficulty, objective=objective(about))
    wanted = {
        "tag": draws(2, tags="easy"),
        "difficulty": draws(2, difficulty="3"),
        "objective": draws(1, objective="means"),
        "all": draws(1, tags="easy", difficulty="3", objective="elements"),
    }
    slugs = {str(q.key): q.slug for q in Question.objects.all()}
    found = {
        name: {slugs[question["key"]] for question in drawn(asks(final, draw_))}
        for name, draw_ in wanted.items()
    }
    both = {"core-q0", "core-q1"}
    assert found == {"tag": both, "difficulty": both, "objective": {"core-q1"}, "all": {"core-q0"}}
    with pytest.raises(QuizIsEmpty):
        drawn(asks(final, draws(1, tags="hard", difficulty="3")))


def test_a_draw_must_ask_for_something(final: QuizPage) -> None:
    block = QuizPage._meta.get_field("questions").stream_block.child_blocks["draw"]
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"tags": " ", "count": 1}))
    assert "tags" in refused.value.block_errors  # type: ignore[attr-defined]


def test_questions_are_shuffled_within_their_sections(final: QuizPage) -> None:
    quiz = asks(final, section("First"), by_tag("easy", 2), section("Then"), by_tag("hard", 2))
    assert quiz.question_count == 4
    first, then = (block.id for block in quiz.questions if block.block_type == "section")
    easy = {str(q.key) for q in Question.objects.filter(tags__name="easy")}
    orders = set()
    for seed in range(10):
        paper = drawn(quiz, seed)
        assert [question["section"] for question in paper] == [first, first, then, then]
        assert {question["key"] for question in paper[:2]} == easy
        orders.add(tuple(question["key"] for question in paper))
    assert len(orders) > 1


def test_what_stands_before_the_first_section_is_in_none(final: QuizPage) -> None:
    paper = drawn(asks(final, by_tag("easy", 1), section("Then"), by_tag("hard", 1)))
    assert ["section" in question for question in paper] == [False, True]


def test_sections_stand_in_the_log_in_every_language(
    final: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    quiz = asks(final, section("On patrol", "One shift."), by_tag("easy", 2))
    serbian = quiz.copy_for_translation(Locale.objects.create(language_code="sr"), True)
    [head, draw_] = serbian.questions.raw_data
    serbian.questions = [head | {"value": {"heading": "У патроли", "text": ""}}, draw_]
    serbian.save_revision().publish()
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    said = {
        "key": quiz.questions[0].id,
        "heading": {"en": "On patrol", "sr": "У патроли"},
        "text": {"en": "One shift.", "sr": ""},
    }
    facts = Event.of(Statement.objects.get(verb=verbs.ATTEMPTED.id)).facts
    assert facts["sections"] == attempt.sections == [said]
    assert differences() == []
    with override("sr-latn"):
        assert paper_of(attempt)[0].section == Section("У патроли", "One shift.")
    quiz.questions = []
    quiz.save_revision().publish()
    assert [asked.section for asked in paper_of(attempt)] == [
        Section("On patrol", "One shift."),
        None,
    ]


def test_an_attempt_of_before_has_no_sections(
    final: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=final, at=at)
    facts = Event.of(Statement.objects.get(verb=verbs.ATTEMPTED.id)).facts
    assert "sections" not in facts
    assert attempt.sections == []
    assert sections_before(attempt) == {}
