"""The paper of an attempt: its questions as they were when drawn, in the reader's language."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Locale, Revision

from assessments.models import Attempt, Question
from assessments.scoring import JOIN


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
    ids = [drawn["revision"] for drawn in attempt.drawn]
    revisions = {str(pk): r.content for pk, r in Revision.objects.in_bulk(ids).items()}
    words = _translations(attempt.question_keys)
    return [
        _frozen(drawn, revisions[str(drawn["revision"])], words.get(UUID(drawn["key"])))
        for drawn in attempt.drawn
    ]


def _translations(keys: list[UUID]) -> dict[UUID, Question]:
    locale = Locale.get_active()
    if locale.language_code == "en":
        return {}
    questions = Question.objects.filter(translation_key__in=keys, locale=locale, live=True)
    return {question.key: question for question in questions}


def _frozen(
    drawn: dict[str, Any], content: dict[str, Any], translation: Question | None
) -> FrozenQuestion:
    written = [_option(block, translation) for block in _blocks(content["options"])]
    by_key = {option.key: option for option in written}
    return FrozenQuestion(
        key=UUID(drawn["key"]),
        kind=content["kind"],
        stem=translation.stem if translation else content["stem"],
        source=translation.source if translation else content["source"],
        objective=translation.objective if translation else content["objective"],
        lesson_id=content["lesson"],
        options=[by_key[key] for key in drawn["options"]],
        options_as_written=written,
    )


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
