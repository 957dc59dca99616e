"""The paper of an attempt: its questions as they were when drawn, in the reader's language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from wagtail.models import Revision

from assessments.kinds import KINDS, Kind, Part
from assessments.models import Attempt, Question
from assessments.models.pools import SOURCE
from cms.languages import content_language
from cms.published import kept_each

# A question, its revision, a language, and the revisions of its words in all languages.
_Key = tuple[str, str, str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True)
class Section:
    """The head of a part of the paper, in the reader's language."""

    heading: str
    text: str


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


def frozen_questions(
    attempt: Attempt, revisions: Mapping[UUID, int | None] | None = None
) -> list[FrozenQuestion]:
    """Return the questions of an attempt, in its order, in the active language.

    Words are those of the day of drawing; of a translation that came later, those of today.
    `revisions` names others than those that were drawn: by them an answer was scored anew.
    """
    return frozen(attempt.drawn, revisions)


def frozen(
    drawn: Sequence[dict[str, Any]], revisions: Mapping[UUID, int | None] | None = None
) -> list[FrozenQuestion]:
    """Return the same of questions that were drawn for whatever it is."""
    language = content_language()
    keys = [_key(_by_other(one, revisions or {}), language) for one in drawn]
    written = kept_each("question", keys, _as_written)
    return [_in_order(written[key], one["options"]) for key, one in zip(keys, drawn, strict=True)]


def frozen_question(attempt: Attempt, key: UUID) -> FrozenQuestion | None:
    """Return a question of an attempt, or None if it was not drawn."""
    if attempt.drawn_question(key) is None:
        return None
    return next(question for question in frozen_questions(attempt) if question.key == key)


def sections_before(attempt: Attempt) -> dict[UUID, Section]:
    """Return the section that begins with a question, in the active language, by that question."""
    by_key = {section["key"]: section for section in attempt.sections}
    found, last = {}, None
    for drawn in attempt.drawn:
        key = drawn.get("section")
        if key != last and key in by_key:
            heading, text = (_in_words(by_key[key][name]) for name in ("heading", "text"))
            found[UUID(drawn["key"])] = Section(heading, text)
        last = key
    return found


def _in_words(said: dict[str, str]) -> str:
    return said.get(content_language()) or said[SOURCE]


def parts_of(
    blocks: list[dict[str, Any]], words: dict[str, list[dict[str, Any]]], language: str
) -> list[Part]:
    """Return the parts of a question from its blocks, and from those of like id in `words`."""
    translated = {code: {b["id"]: b["value"] for b in said} for code, said in words.items()}
    return [
        Part(
            key=block["id"],
            type=block["type"],
            value=block["value"],
            words=translated.get(language, {}).get(block["id"], block["value"]),
            said=(
                block["value"],
                *(said[block["id"]] for said in translated.values() if block["id"] in said),
            ),
        )
        for block in blocks
    ]


def _by_other(drawn: dict[str, Any], revisions: Mapping[UUID, int | None]) -> dict[str, Any]:
    """Return a question as it was drawn, or with the revision by which it was scored anew."""
    revision = revisions.get(UUID(drawn["key"]))
    if revision is None or revision == drawn["revision"]:
        return drawn
    return {"key": drawn["key"], "revision": revision}


def _key(drawn: dict[str, Any], language: str) -> _Key:
    words = tuple(sorted(drawn.get("words", {}).items()))
    return (drawn["key"], str(drawn["revision"]), language, words)


def _as_written(wanted: list[_Key]) -> dict[_Key, FrozenQuestion]:
    """Return questions of one language with their options in the author's order."""
    words_of = {wish: dict(wish[3]) for wish in wanted}
    language = wanted[0][2]
    later = [wish for wish in wanted if language != SOURCE and language not in words_of[wish]]
    todays = _translations([UUID(wish[0]) for wish in later], language) if later else {}
    for wish in later:
        if revision := todays.get(UUID(wish[0])):
            words_of[wish][language] = revision
    numbers = {int(wish[1]) for wish in wanted}
    numbers |= {number for words in words_of.values() for number in words.values()}
    revisions = Revision.objects.in_bulk(numbers)
    return {
        wish: _frozen(
            UUID(wish[0]),
            revisions[int(wish[1])].content,
            {code: revisions[number].content for code, number in words_of[wish].items()},
            language,
        )
        for wish in wanted
    }


def _translations(keys: list[UUID], language: str) -> dict[UUID, int]:
    """Return the published revision of the questions' forms in a language."""
    forms = Question.objects.filter(translation_key__in=keys, live=True)
    forms = forms.filter(locale__language_code=language).exclude(live_revision=None)
    return {key: number for key, number in forms.values_list("translation_key", "live_revision_id")}


def _frozen(
    key: UUID, content: dict[str, Any], words: dict[str, dict[str, Any]], language: str
) -> FrozenQuestion:
    said = words.get(language, content)
    blocks = {code: _blocks(other["options"]) for code, other in words.items()}
    written = parts_of(_blocks(content["options"]), blocks, language)
    return FrozenQuestion(
        key=key,
        kind=content["kind"],
        stem=said["stem"],
        source=said["source"],
        objective=content["objective"] or "",
        lesson_id=content["lesson"],
        options=written,
        options_as_written=written,
    )


def _in_order(question: FrozenQuestion, keys: list[str]) -> FrozenQuestion:
    """Return a question with its parts in an order; what a later revision added comes last."""
    place = {key: number for number, key in enumerate(keys)}
    ordered = sorted(question.options_as_written, key=lambda part: place.get(part.key, len(keys)))
    return replace(question, options=ordered)


def _blocks(raw: Any) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = json.loads(raw) if isinstance(raw, str) else raw
    return blocks
