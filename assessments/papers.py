"""The paper of an attempt: its questions as they were when drawn, in the reader's language."""

import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from wagtail.models import Revision

from assessments.drawing import SOURCE
from assessments.kinds import KINDS, Kind, Part
from assessments.models import Attempt, Question
from cms.languages import content_language
from cms.published import kept_each

_Key = tuple[str, str, str, str]  # a question, its revision, a language, the revision of its words


@dataclass(frozen=True)
class FrozenQuestion:
    """A question of an attempt. `options` stand in the order of the attempt."""

    key: UUID
    kind: str
    stem: str
    source: str
    objective: str
    lesson_id: int | None
    options: list[Part]
    options_as_written: list[Part]

    @property
    def of_kind(self) -> Kind:
        return KINDS[self.kind]


def frozen_questions(attempt: Attempt) -> list[FrozenQuestion]:
    """Return the questions of an attempt, in its order, in the active language.

    Words are those of the day of drawing; of a translation that came later, those of today.
    """
    language = content_language()
    keys = [_key(drawn, language) for drawn in attempt.drawn]
    written = kept_each("question", keys, _as_written)
    return [
        _in_order(written[key], drawn["options"])
        for key, drawn in zip(keys, attempt.drawn, strict=True)
    ]


def frozen_question(attempt: Attempt, key: UUID) -> FrozenQuestion | None:
    """Return a question of an attempt, or None if it was not drawn."""
    if attempt.drawn_question(key) is None:
        return None
    return next(question for question in frozen_questions(attempt) if question.key == key)


def parts_of(blocks: list[dict[str, Any]], words: list[dict[str, Any]]) -> list[Part]:
    """Return the parts of a question from its blocks, with the words of those of like id."""
    translated = {block["id"]: block["value"] for block in words}
    return [
        Part(
            key=block["id"],
            type=block["type"],
            value=block["value"],
            words=translated.get(block["id"], block["value"]),
        )
        for block in blocks
    ]


def _key(drawn: dict[str, Any], language: str) -> _Key:
    words = "" if language == SOURCE else str(drawn.get("words", {}).get(language, ""))
    return (drawn["key"], str(drawn["revision"]), language, words)


def _as_written(wanted: list[_Key]) -> dict[_Key, FrozenQuestion]:
    """Return questions of one language with their options in the author's order."""
    language = wanted[0][2]
    later = [UUID(key) for key, _, _, words in wanted if not words and language != SOURCE]
    todays = _translations(later, language) if later else {}
    words_of = {wish: wish[3] or str(todays.get(UUID(wish[0]), "")) for wish in wanted}
    numbers = {number for wish in wanted for number in (wish[1], words_of[wish]) if number}
    revisions = Revision.objects.in_bulk(numbers)
    return {
        wish: _frozen(
            UUID(wish[0]),
            revisions[int(wish[1])].content,
            revisions[int(words)].content if words else None,
        )
        for wish, words in words_of.items()
    }


def _translations(keys: list[UUID], language: str) -> dict[UUID, int | None]:
    """Return the published revision of the questions' forms in a language."""
    forms = Question.objects.filter(translation_key__in=keys, live=True)
    forms = forms.filter(locale__language_code=language).exclude(live_revision=None)
    return dict(forms.values_list("translation_key", "live_revision_id"))


def _frozen(key: UUID, content: dict[str, Any], words: dict[str, Any] | None) -> FrozenQuestion:
    said = words or content
    written = parts_of(_blocks(content["options"]), _blocks(said["options"]))
    return FrozenQuestion(
        key=key,
        kind=content["kind"],
        stem=said["stem"],
        source=said["source"],
        objective=said["objective"],
        lesson_id=content["lesson"],
        options=written,
        options_as_written=written,
    )


def _in_order(question: FrozenQuestion, keys: list[str]) -> FrozenQuestion:
    by_key = {option.key: option for option in question.options_as_written}
    return replace(question, options=[by_key[key] for key in keys])


def _blocks(raw: Any) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = json.loads(raw) if isinstance(raw, str) else raw
    return blocks
