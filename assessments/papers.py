"""The paper of an attempt: its questions as they were when drawn, in the reader's language."""

import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from wagtail.models import Revision

from assessments.models import Attempt, Question
from assessments.scoring import JOIN
from cms.languages import content_language
from cms.published import kept_each

_Key = tuple[str, str, str]  # a question, its revision, the language of its words


@dataclass(frozen=True)
class FrozenOption:
    """An option: correctness from the drawn revision, words in the reader's language."""

    key: str
    correct: bool
    text: str
    reason: str


@dataclass(frozen=True)
class FrozenQuestion:
    """A question of an attempt. `options` stand in the order of the attempt."""

    key: UUID
    kind: str
    stem: str
    source: str
    objective: str
    lesson_id: int | None
    options: list[FrozenOption]
    options_as_written: list[FrozenOption]

    def choices_in(self, response: str) -> str:
        """Return the option keys that a response in statement form stands for."""
        if self.kind != Question.Kind.TRUE_FALSE:
            return response
        names = dict(zip(("true", "false"), self.options_as_written, strict=True))
        return JOIN.join(names[name].key for name in response.split(JOIN) if name)


def frozen_questions(attempt: Attempt) -> list[FrozenQuestion]:
    """Return the questions of an attempt, in its order, in the active language."""
    language = content_language()
    keys = [(drawn["key"], str(drawn["revision"]), language) for drawn in attempt.drawn]
    written = kept_each("question", keys, _as_written)
    return [
        _in_order(written[key], drawn["options"])
        for key, drawn in zip(keys, attempt.drawn, strict=True)
    ]


def _as_written(wanted: list[_Key]) -> dict[_Key, FrozenQuestion]:
    """Return questions of one language with their options in the author's order."""
    revisions = Revision.objects.in_bulk([revision for _key, revision, _language in wanted])
    words = _translations({UUID(key) for key, _revision, _language in wanted}, wanted[0][2])
    return {
        wish: _frozen(UUID(wish[0]), revisions[int(wish[1])].content, words.get(UUID(wish[0])))
        for wish in wanted
    }


def _translations(keys: set[UUID], language: str) -> dict[UUID, Question]:
    if language == "en":
        return {}
    questions = Question.objects.filter(
        translation_key__in=keys, locale__language_code=language, live=True
    )
    return {question.key: question for question in questions}


def _frozen(key: UUID, content: dict[str, Any], translation: Question | None) -> FrozenQuestion:
    written = [_option(block, translation) for block in _blocks(content["options"])]
    return FrozenQuestion(
        key=key,
        kind=content["kind"],
        stem=translation.stem if translation else content["stem"],
        source=translation.source if translation else content["source"],
        objective=translation.objective if translation else content["objective"],
        lesson_id=content["lesson"],
        options=written,
        options_as_written=written,
    )


def _in_order(question: FrozenQuestion, keys: list[str]) -> FrozenQuestion:
    by_key = {option.key: option for option in question.options_as_written}
    return replace(question, options=[by_key[key] for key in keys])


def _option(block: dict[str, Any], translation: Question | None) -> FrozenOption:
    value = block["value"]
    words = value
    if translation:
        translated = {option.id: option.value for option in translation.options}
        words = translated.get(block["id"], value)
    return FrozenOption(
        key=block["id"],
        correct=bool(value["correct"]),
        text=words["text"],
        reason=words["reason"],
    )


def _blocks(raw: Any) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = json.loads(raw) if isinstance(raw, str) else raw
    return blocks
