"""A question as a learner finds it, with what is saved."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import QueryDict

from assessments.answering import can_be_checked
from assessments.drafts import drafts_of
from assessments.kinds import WITH, Kind
from assessments.models import Attempt, DraftAnswer
from assessments.papers import FrozenQuestion, Section, frozen_questions, sections_before
from assessments.recorded import recorded_of

_DIGITS = re.compile("[0-9]{1,9}")


@dataclass(frozen=True)
class Asked:
    """`shown` is what the template of the kind needs; `version` is that of the saved answer.

    `other` is shown beside it: what was sent and not saved, for another window was before it.
    """

    key: UUID
    stem: str
    kind: Kind
    shown: dict[str, Any]
    number: int
    section: Section | None  # that begins with this question
    state: str  # "unanswered", "partly" or "answered"
    flagged: bool
    confidence: int | None
    version: int
    can_be_checked: bool
    reviewed: dict[str, Any] | None  # once it was checked
    source: str
    other: dict[str, Any] | None

    @property
    def name(self) -> str:
        return name_of(self.key)

    @property
    def other_name(self) -> str:
        return f"other-{self.key}"

    @property
    def version_name(self) -> str:
        return version_name_of(self.key)

    @property
    def confidence_name(self) -> str:
        return confidence_name_of(self.key)

    @property
    def is_answered(self) -> bool:
        return self.state != "unanswered"


def name_of(key: UUID) -> str:
    """Return the name under which a form sends the answer to a question."""
    return f"q-{key}"


def version_name_of(key: UUID) -> str:
    """Return the name under which a form sends the version of the answer that its page saw."""
    return f"v-{key}"


def confidence_name_of(key: UUID) -> str:
    """Return the name under which a form sends how sure somebody is of an answer."""
    return f"c-{key}"


def versions_in(fields: QueryDict, keys: Iterable[UUID]) -> dict[UUID, int]:
    """Return the versions that a form sent; a number that is none is left out."""
    sent = {key: fields.get(version_name_of(key), "") for key in keys}
    return {key: int(text) for key, text in sent.items() if _DIGITS.fullmatch(text)}


def answer_in(fields: QueryDict, key: UUID) -> list[str]:
    """Return the answer that a form sent, `inner[.]value` for each field within the question."""
    name = name_of(key)
    answer = fields.getlist(name)
    for field in fields:
        if field.startswith(f"{name}."):
            inner = field.removeprefix(f"{name}.")
            answer += [f"{inner}{WITH}{value}" for value in fields.getlist(field) if value]
    return answer


def paper_of(attempt: Attempt, others: Mapping[UUID, list[str]] | None = None) -> list[Asked]:
    """Return the questions of a paper, numbered, with the answers that are saved.

    `others` were sent and not saved.
    """
    return paper_with(attempt, drafts_of(attempt), recorded_of(attempt), others)


def paper_with(
    attempt: Attempt,
    drafts: Mapping[UUID, DraftAnswer],
    recorded: Collection[UUID],
    others: Mapping[UUID, list[str]] | None = None,
) -> list[Asked]:
    """Return the same from these drafts; those that are recorded stay, with their result."""
    others, sections = others or {}, sections_before(attempt)
    paper = []
    for number, question in enumerate(frozen_questions(attempt), start=1):
        key = question.key
        item = asked(question, number, drafts.get(key), others.get(key), sections.get(key))
        if key in recorded:
            item = _with_result(item, question, drafts.get(key))
        elif can_be_checked(attempt, question):
            item = replace(item, can_be_checked=True)
        paper.append(item)
    return paper


def asked(
    question: FrozenQuestion,
    number: int,
    draft: DraftAnswer | None,
    other: list[str] | None,
    section: Section | None,
) -> Asked:
    """Return a question with the answer that is saved, and another that was not."""
    kind, answer = question.of_kind, draft.choices if draft else []
    return Asked(
        key=question.key,
        stem=question.stem,
        kind=kind,
        shown=kind.laid_out(question.options, answer),
        number=number,
        section=section,
        state=_state(question, answer),
        flagged=bool(draft and draft.flagged),
        confidence=draft.confidence if draft else None,
        version=draft.version if draft else 0,
        can_be_checked=False,
        reviewed=None,
        source=question.source,
        other=None if other is None else kind.laid_out(question.options, other),
    )


def _with_result(item: Asked, question: FrozenQuestion, draft: DraftAnswer | None) -> Asked:
    answer = draft.choices if draft else []
    reviewed = question.of_kind.reviewed(question.options, answer, question.options_as_written)
    return replace(item, reviewed=reviewed)


def _state(question: FrozenQuestion, answer: list[str]) -> str:
    if not question.of_kind.is_answered(answer):
        return "unanswered"
    return "answered" if question.of_kind.is_complete(question.options, answer) else "partly"
