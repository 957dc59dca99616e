"""Draw the questions of one attempt. What was drawn stands in the statement, for good."""

import random
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from assessments.errors import QuizIsEmpty
from assessments.kinds import KINDS
from assessments.models import Question, QuizPage

SOURCE = "en"  # the language in which questions are drawn and scored


def draw(quiz: QuizPage, *, chance: random.Random, language: str = SOURCE) -> list[dict[str, Any]]:
    """Return the questions of an attempt: key, revision, words, and option keys in their order.

    `words` are the revisions of the translations that are published at this moment.

    No question comes twice; one that is asked by name is not drawn as well. Questions published
    in `language` are drawn first, others only where those do not suffice. Raises QuizIsEmpty if
    the bank holds too few published ones.
    """
    named = _named(quiz)
    chosen: list[Question] = []
    for block in quiz.questions:
        if block.block_type == "draw":
            taken = {question.key for question in (*chosen, *named.values())}
            chosen += _drawn_by_tag(block.value, taken, chance, language)
        elif block.value is not None and block.value.key in named:
            chosen.append(named[block.value.key])
    if len(chosen) < max(1, quiz.question_count):
        raise QuizIsEmpty
    if quiz.shuffle_questions:
        chance.shuffle(chosen)
    words = _translated({question.key for question in chosen})
    return [_as_drawn(question, quiz, chance, words) for question in chosen]


def _in_source_language() -> QuerySet[Question]:
    """Questions are drawn in the source language; translations only give words."""
    return Question.objects.filter(live=True, locale__language_code=SOURCE)


def published_in(language: str) -> Exists:
    """Return whether a question has a published form in a language, to annotate or filter by."""
    forms = Question.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=language, live=True
    )
    return Exists(forms)


def _named(quiz: QuizPage) -> dict[UUID, Question]:
    blocks = (block.value for block in quiz.questions if block.block_type == "question")
    keys = {question.key for question in blocks if question is not None}
    return {q.key: q for q in _in_source_language().filter(translation_key__in=keys)}


def _drawn_by_tag(
    value: dict[str, Any], taken: set[UUID], chance: random.Random, language: str
) -> list[Question]:
    tagged = _in_source_language().filter(tags__name__in=value["tags"].split())
    tagged = tagged.annotate(readable=published_in(language))
    pool = [q for q in tagged.order_by("slug").distinct() if q.key not in taken]
    readable = [q for q in pool if q.readable]
    count = value["count"]
    if len(readable) >= count:
        return chance.sample(readable, count)
    others = [q for q in pool if not q.readable]
    return readable + chance.sample(others, min(count - len(readable), len(others)))


def _translated(keys: set[UUID]) -> dict[UUID, dict[str, int]]:
    """Return the published revisions of the questions' translations, by language."""
    forms = Question.objects.filter(translation_key__in=keys, live=True)
    forms = forms.exclude(locale__language_code=SOURCE).exclude(live_revision=None)
    found: dict[UUID, dict[str, int]] = {}
    for key, language, revision in forms.values_list(
        "translation_key", "locale__language_code", "live_revision_id"
    ):
        found.setdefault(key, {})[language] = revision
    return found


def _as_drawn(
    question: Question, quiz: QuizPage, chance: random.Random, words: dict[UUID, dict[str, int]]
) -> dict[str, Any]:
    shuffled = chance if quiz.shuffle_options else None
    return {
        "key": str(question.key),
        "revision": question.live_revision_id,
        "words": words.get(question.key, {}),
        "options": KINDS[question.kind].order(question.parts(), shuffled),
    }
