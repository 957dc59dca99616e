"""Draw the questions of one attempt. What was drawn stands in the statement, for good."""

import random
from typing import Any

from assessments.errors import QuizIsEmpty
from assessments.models import Question, QuizPage


def draw(quiz: QuizPage, *, chance: random.Random) -> list[dict[str, Any]]:
    """Return the questions of an attempt: key, revision, and option keys in their order.

    No question comes twice. Raises QuizIsEmpty if the bank holds too few published ones.
    """
    chosen: list[Question] = []
    for block in quiz.questions:
        if block.block_type == "draw":
            chosen += _drawn_by_tag(block.value, chosen, chance)
        elif block.value is not None and block.value.live:
            chosen.append(block.value)
    if len(chosen) < max(1, quiz.question_count):
        raise QuizIsEmpty
    if quiz.shuffle_questions:
        chance.shuffle(chosen)
    return [_as_drawn(question, quiz, chance) for question in chosen]


def _drawn_by_tag(
    value: dict[str, Any], taken: list[Question], chance: random.Random
) -> list[Question]:
    known = {question.key for question in taken}
    pool = [
        question
        for question in Question.objects.filter(
            live=True, locale__language_code="en", tags__name__in=value["tags"].split()
        )
        .order_by("slug")
        .distinct()
        if question.key not in known
    ]
    return chance.sample(pool, min(value["count"], len(pool)))


def _as_drawn(question: Question, quiz: QuizPage, chance: random.Random) -> dict[str, Any]:
    order = [option.id for option in question.options]
    if quiz.shuffle_options and question.kind != Question.Kind.TRUE_FALSE:
        chance.shuffle(order)
    return {"key": str(question.key), "revision": question.live_revision_id, "options": order}
