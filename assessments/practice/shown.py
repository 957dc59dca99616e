"""What the pages of practice show: a question to answer, and what became of an answer."""

from dataclasses import dataclass, replace
from typing import Any

from wagtail.models import Page

from assessments.asking import name_of
from assessments.kinds import Kind
from assessments.models import PracticeAnswer, PracticeRound
from assessments.papers import FrozenQuestion, frozen
from assessments.practice.survey import DONE, RESTING, Item
from assessments.results import lessons_of
from assessments.reviewing import without_reasons


@dataclass(frozen=True)
class Asked:
    """A question of a round, to be answered. `shown` is what the template of its kind needs."""

    question: FrozenQuestion
    number: int
    shown: dict[str, Any]

    @property
    def kind(self) -> Kind:
        return self.question.of_kind

    @property
    def name(self) -> str:
        return name_of(self.question.key)


@dataclass(frozen=True)
class Checked:
    """An answer of a round with what is right, why if that is shown, and what to read again."""

    question: FrozenQuestion
    number: int
    answer: PracticeAnswer
    item: Item
    reviewed: dict[str, Any]
    lesson: Page | None

    @property
    def kind(self) -> Kind:
        return self.question.of_kind

    @property
    def percent(self) -> int:
        """How much of its points it has, rounded down: only what is all right is 100."""
        return int((self.answer.scaled or 0.0) * 100)

    @property
    def is_resting(self) -> bool:
        return self.item.state == RESTING

    @property
    def is_done(self) -> bool:
        return self.item.state == DONE


def asked_in(practised: PracticeRound, number: int) -> Asked:
    """Return the question with this number, from 1, as a learner finds it."""
    [question] = frozen([practised.drawn[number - 1]])
    return Asked(question, number, question.of_kind.laid_out(question.options, []))


def checked_in(practised: PracticeRound, answer: PracticeAnswer, item: Item) -> Checked:
    """Return an answer of a round as it is explained."""
    number = practised.question_keys.index(answer.question_key) + 1
    [question] = frozen([practised.drawn[number - 1]])
    given = practised.given.get(str(question.key), [])
    options, written = question.options, question.options_as_written
    if not item.opening.explained:
        options, written = without_reasons(options), without_reasons(written)
    lessons = lessons_of({question.lesson_id}) if question.lesson_id else {}
    return Checked(
        question=replace(question, source=question.source if item.opening.explained else ""),
        number=number,
        answer=answer,
        item=item,
        reviewed=question.of_kind.reviewed(options, given, written),
        lesson=lessons.get(question.lesson_id or 0),
    )
