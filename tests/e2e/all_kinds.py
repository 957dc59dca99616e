"""A paper with a question of every kind, and people who have it before them."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from assessments.attempts import attempt_of
from assessments.drafts import save_choice
from assessments.drawing import draw
from assessments.grading import submit_attempt
from assessments.kinds import KINDS
from assessments.models import Question, QuizPage
from assessments.papers import frozen_questions
from courses.enrolment import enrol
from courses.models import Enrolment
from courses.study import record
from people.models import User
from tests.factories.courses import SmallCourse
from tests.factories.kinds import Blocks, blocks, question_of
from xapi import statements

FORMS = ("en", "sr", "sr-latn")
_LOOKER = "looker"  # looks the paper over before submitting it
_CHECKER = "checker"  # has answers checked one by one, in a paper with a section
_EARLY = "early"  # answers before the scripts of the page are there
_TAG = "every-kind"
_CASE_TAG = "case"
_SECTION = {
    "key": "head",
    "heading": {"en": "On patrol", "sr": "У патроли"},
    "text": {"en": "What you see in one shift.", "sr": "Шта видите у једној смени."},
}
# Whose papers show one question after the other, with and without a script.
ONE_BY_ONE = ("one-by-one", "one-by-one-plain")
WORDS = "The owner keeps the passports of all eight, and nobody may leave alone."


def load_papers(
    *, course: SmallCourse, person: Callable[[str, str, str], User], at: datetime
) -> None:
    """Give each of these people a running attempt that asks a question of each kind."""
    for kind in KINDS:
        question = Question.objects.filter(kind=kind, locale__language_code="en").first()
        assert question is not None, kind
        question.tags.add(_TAG, *([_CASE_TAG] if kind == "long-answer" else ()))
        question.save()
    quiz = course.quizzes[0]
    quiz.questions = [("draw", {"tags": _TAG, "count": len(KINDS)})]
    for name in (*(f"player-{form}" for form in FORMS), _LOOKER, _EARLY):
        user = person(name, "Играч Измишљеновић", "Igrač Izmišljenović")
        drawn = draw(quiz, chance=Random(name))
        _begin(quiz, enrol(user=user, course=course.course, at=at), drawn, at)
    user = person(_CHECKER, "Играч Измишљеновић", "Igrač Izmišljenović")
    drawn = [question | {"section": "head"} for question in drawn]
    rules = {"feedback": "immediate", "sections": [_SECTION]}
    _begin(quiz, enrol(user=user, course=course.course, at=at), drawn, at, rules)
    ticked = [question for question in drawn if _is_ticked(question)][:3]
    for name in ONE_BY_ONE:
        user = person(name, "Играч Измишљеновић", "Igrač Izmišljenović")
        rules = {"navigation": "sequential", "asks-confidence": True}
        _begin(quiz, enrol(user=user, course=course.course, at=at), ticked, at, rules)


def _is_ticked(drawn: dict[str, Any]) -> bool:
    question = Question.objects.get(translation_key=drawn["key"], locale__language_code="en")
    return question.kind in ("choice", "multiple", "true-false")


def hand_in_nothing(
    *, course: SmallCourse, person: Callable[[str, str, str], User], at: datetime
) -> None:
    """Let these people hand in such a paper with nothing in it: they have much to practise."""
    quiz = course.quizzes[0]
    for form in FORMS:
        user = person(f"practiser-{form}", "Вежбач Измишљеновић", "Vežbač Izmišljenović")
        enrolment = enrol(user=user, course=course.course, at=at)
        _begin(quiz, enrolment, draw(quiz, chance=Random(form)), at)
        submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=at)


def hand_in_a_case(
    *, course: SmallCourse, person: Callable[[str, str, str], User], at: datetime
) -> UUID:
    """Let somebody hand in a case, which waits, with a question whose key is changed afterwards.

    Return the key of that question.
    """
    quiz = course.quizzes[0]
    quiz.questions = [("draw", {"tags": _CASE_TAG, "count": 2})]
    changed = question_of("choice", _two_options(right=0), slug="changed", tags=[_CASE_TAG])
    user = person("writer", "Писац Измишљеновић", "Pisac Izmišljenović")
    enrolment = enrol(user=user, course=course.course, at=at)
    _begin(quiz, enrolment, draw(quiz, chance=Random(1)), at)
    attempt = attempt_of(enrolment=enrolment, quiz=quiz, number=1)
    for question in frozen_questions(attempt):
        answer = question.of_kind.perfect(question.options_as_written)
        given = answer if question.key == changed.key else [WORDS]
        save_choice(attempt=attempt, question_key=question.key, choices=given, version=0, at=at)
    submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=at)
    changed.options = blocks("changed", _two_options(right=1))
    changed.save_revision().publish()
    return changed.key


def _two_options(right: int) -> Blocks:
    return [
        ("option", {"text": text, "correct": number == right, "reason": "Art. 4(b)."})
        for number, text in enumerate(("Consent matters.", "Consent does not matter."))
    ]


def _begin(
    quiz: QuizPage,
    enrolment: Enrolment,
    drawn: list[Any],
    at: datetime,
    rules: dict[str, Any] | None = None,
) -> None:
    """Begin an attempt with questions that the quiz on the site does not draw."""
    begun = statements.attempted(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        quiz=quiz.key,
        number=1,
        at=at,
        facts={"questions": drawn, "pass-mark": 70, "deadline": None, "revision": 1}
        | (rules or {}),
    )
    record(enrolment=enrolment, statements=[begun], at=at)
