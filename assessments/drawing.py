"""Draw the questions of one attempt. What was drawn stands in the statement, for good."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, When

from assessments.errors import QuizIsEmpty
from assessments.kinds import KINDS
from assessments.models import Question, QuizPage
from assessments.models.pools import SOURCE, fitting, in_source_language
from assessments.models.roles import in_form


@dataclass(frozen=True)
class Reader:
    """For whom questions are drawn: language of the screen, and key of the profession if known."""

    language: str = SOURCE
    profession: str = ""


ANYBODY = Reader()


def draw(
    quiz: QuizPage, *, chance: random.Random, reader: Reader = ANYBODY, form: str = ""
) -> list[dict[str, Any]]:
    """Return the questions of an attempt: key, revision, words, and option keys in their order.

    They stand in the sections of the quiz, shuffled within each; `section` is its key. `words` are
    the revisions of the translations that are published at this moment. With a `form` what stands
    in the other one is left out.

    No question comes twice; one that is asked by name is not drawn as well. Questions that the
    reader can read in the language are drawn first, of these such as are meant for the profession
    or for everyone; others only where those do not suffice. Raises QuizIsEmpty if the bank holds
    too few published ones.
    """
    sections = _drawn_sections(in_form(quiz.questions, form), chance, reader)
    chosen = [question for _, questions in sections for question in questions]
    if len(chosen) < max(1, quiz.question_count):
        raise QuizIsEmpty
    if quiz.shuffle_questions:
        for _, questions in sections:
            chance.shuffle(questions)
    words = translated({question.key for question in chosen})
    return [
        _as_drawn(question, quiz, chance, words) | ({"section": section} if section else {})
        for section, questions in sections
        for question in questions
    ]


def sections_of(
    quiz: QuizPage, translations: Iterable[QuizPage] | None = None, *, form: str = ""
) -> list[dict[str, Any]]:
    """Return the sections of a quiz: key, and heading and text in each published language.

    `translations` are other pages to take words from than the published ones.
    """
    blocks = in_form(quiz.questions, form)
    heads = {b.id: b.value for b in blocks if b.block_type == "section"}
    if not heads:
        return []
    words: dict[str, dict[str, Any]] = {key: {SOURCE: value} for key, value in heads.items()}
    for page in _published(quiz) if translations is None else translations:
        for block in page.questions:
            if block.block_type == "section" and block.id in words:
                words[block.id][page.locale.language_code] = block.value
    return [
        {
            "key": key,
            "heading": {language: value["heading"] for language, value in said.items()},
            "text": {language: value["text"] for language, value in said.items()},
        }
        for key, said in words.items()
    ]


def _published(quiz: QuizPage) -> Iterable[QuizPage]:
    """Return the published pages of a quiz in other languages."""
    pages = QuizPage.objects.live().filter(translation_key=quiz.key).select_related("locale")
    return pages.exclude(locale__language_code=SOURCE)


_Drawn = list[tuple[str, list[Question]]]


def _drawn_sections(blocks: list[Any], chance: random.Random, reader: Reader) -> _Drawn:
    """Return the questions of each section; what stands before the first has no key."""
    named = _named(blocks)
    sections: _Drawn = [("", [])]
    for block in blocks:
        if block.block_type == "section":
            sections.append((block.id, []))
        elif block.block_type == "draw":
            drawn = [question for _, questions in sections for question in questions]
            taken = {question.key for question in (*drawn, *named.values())}
            sections[-1][1].extend(_drawn_for(block.value, taken, chance, reader))
        elif block.block_type == "question" and block.value and block.value.key in named:
            sections[-1][1].append(named[block.value.key])
    return sections


def published_in(language: str) -> Exists:
    """Return whether a question has a published form in a language, to annotate or filter by."""
    forms = Question.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=language, live=True
    )
    return Exists(forms)


def meant_for(profession: str) -> Case:
    """Return whether a question is meant for a profession or for everyone, to annotate by."""
    links = Question.professions.through.objects.filter(question=OuterRef("pk"))
    return Case(
        When(~Exists(links), then=True),
        When(Exists(links.filter(profession__key=profession)), then=True),
        default=False,
        output_field=BooleanField(),
    )


def _named(blocks: list[Any]) -> dict[UUID, Question]:
    named = (block.value for block in blocks if block.block_type == "question")
    keys = {question.key for question in named if question is not None}
    return {q.key: q for q in in_source_language().filter(translation_key__in=keys)}


def _drawn_for(
    value: dict[str, Any], taken: set[UUID], chance: random.Random, reader: Reader
) -> list[Question]:
    found = fitting(value).annotate(
        readable=published_in(reader.language), suited=meant_for(reader.profession)
    )
    pools: dict[tuple[bool, bool], list[Question]] = defaultdict(list)
    for question in found:
        if question.key not in taken:
            pools[question.readable, question.suited].append(question)
    drawn: list[Question] = []
    for _, pool in sorted(pools.items(), reverse=True):
        drawn += chance.sample(pool, min(value["count"] - len(drawn), len(pool)))
    return drawn


def translated(keys: set[UUID]) -> dict[UUID, dict[str, int]]:
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
        **({"objective": question.objective_id} if question.objective_id else {}),
        "options": KINDS[question.kind].order(question.parts(), shuffled),
    }
