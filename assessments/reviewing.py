"""What a learner is shown of a submitted attempt, and when: marks, right answers, reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q

from assessments.attempts import Standing
from assessments.kinds import Part
from assessments.models import QuizPage, Role
from assessments.models.pools import SOURCE
from cms.published import kept


@dataclass(frozen=True)
class Review:
    """What is shown. Reasons tell what is right: without the answers there are none."""

    marks: bool = True
    answers: bool = True
    reasons: bool = True


EVERYTHING = Review()
NOTHING = Review(marks=False, answers=False, reasons=False)


def review_of(quiz: QuizPage, standing: Standing, *, after: bool) -> Review:
    """Return what is shown now: more once the quiz is passed, or no attempt is left.

    A test before shows nothing until the test `after` it was handed in.
    """
    quiz = quiz.in_source_language()
    if quiz.is_pre_test and not after:
        return NOTHING
    is_over = standing.passed or not (standing.left or standing.running)
    answers = quiz.answers_at_once or (is_over and quiz.answers_in_the_end)
    reasons = quiz.reasons_at_once or (is_over and quiz.reasons_in_the_end)
    return Review(
        marks=quiz.marks_at_once or (is_over and quiz.marks_in_the_end),
        answers=answers,
        reasons=answers and reasons,
    )


def without_reasons(parts: Sequence[Part]) -> list[Part]:
    """Return the parts of a question with nothing said about why."""
    return [replace(part, words={**part.words, "reason": ""}) for part in parts]


def hidden_scores() -> Mapping[UUID, bool]:
    """Return the quizzes that do not show their score at once, and whether they do once passed."""
    return kept("quizzes that hide their marks", _hidden)


def _hidden() -> dict[UUID, bool]:
    pages = QuizPage.objects.filter(locale__language_code=SOURCE)
    hiding = pages.filter(Q(marks_at_once=False) | Q(role=Role.PRE_TEST))
    rows = hiding.values_list("translation_key", "marks_in_the_end", "role")
    return {key: in_the_end and role != Role.PRE_TEST for key, in_the_end, role in rows}
