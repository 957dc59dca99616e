"""Draw the questions of one attempt. What was drawn stands in the statement, for good."""

import random
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from assessments.errors import QuizIsEmpty
from assessments.models import Question, QuizPage


def draw(quiz: QuizPage, *, chance: random.Random) -> list[dict[str, Any]]:
    """Return the questions of an attempt: key, revision, and option keys in their order.

    No question comes twice; one that is asked by name is not drawn as well. Raises QuizIsEmpty
    if the bank holds too few published ones.
    """
    named = _named(quiz)
    chosen: list[Question] = []
    for block in quiz.questions:
        if block.block_type == "draw":
            chosen += _drawn_by_tag(block.value, [*chosen, *named.values()], chance)
        elif block.value is not None and block.value.key in named:
            chosen.append(named[block.value.key])
    if len(chosen) < max(1, quiz.question_count):
        raise QuizIsEmpty
    if quiz.shuffle_questions:
        chance.shuffle(chosen)
    return [_as_drawn(question, quiz, chance) for question in chosen]


def _in_source_language() -> QuerySet[Question]:
    """Questions are drawn in the source language; translations only give words."""
    return Question.objects.filter(live=True, locale__language_code="en")


def _named(quiz: QuizPage) -> dict[UUID, Question]:
    blocks = (block.value for block in quiz.questions if block.block_type == "question")
    keys = {question.key for question in blocks if question is not None}
    return {q.key: q for q in _in_source_language().filter(translation_key__in=keys)}


def _drawn_by_tag(
    value: dict[str, Any], taken: list[Question], chance: random.Random
) -> list[Question]:
    known = {question.key for question in taken}
    tagged = _in_source_language().filter(tags__name__in=value["tags"].split())
    pool = [q for q in tagged.order_by("slug").distinct() if q.key not in known]
    return chance.sample(pool, min(value["count"], len(pool)))


def _as_drawn(question: Question, quiz: QuizPage, chance: random.Random) -> dict[str, Any]:
    order = [option.id for option in question.options]
    if quiz.shuffle_options and question.kind != Question.Kind.TRUE_FALSE:
        chance.shuffle(order)
    return {"key": str(question.key), "revision": question.live_revision_id, "options": order}
