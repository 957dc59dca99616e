"""A question as a learner finds it, with what is saved."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from assessments.drafts import drafts_of
from assessments.kinds import WITH, Kind
from assessments.models import Attempt, DraftAnswer
from assessments.papers import FrozenQuestion, Section, frozen_questions, sections_before


@dataclass(frozen=True)
class Asked:
    """`shown` is what the template of the kind needs; `version` is that of the saved answer."""

    key: UUID
    stem: str
    kind: Kind
    shown: dict[str, Any]
    number: int
    section: Section | None  # that begins with this question
    state: str  # "unanswered", "partly" or "answered"
    flagged: bool
    version: int

    @property
    def name(self) -> str:
        return name_of(self.key)

    @property
    def is_answered(self) -> bool:
        return self.state != "unanswered"


def name_of(key: UUID) -> str:
    """Return the name under which a form sends the answer to a question."""
    return f"q-{key}"


def answer_in(fields: QueryDict, key: UUID) -> list[str]:
    """Return the answer that a form sent, `inner[.]value` for each field within the question."""
    name = name_of(key)
    answer = fields.getlist(name)
    for field in fields:
        if field.startswith(f"{name}."):
            inner = field.removeprefix(f"{name}.")
            answer += [f"{inner}{WITH}{value}" for value in fields.getlist(field) if value]
    return answer


def paper_of(attempt: Attempt) -> list[Asked]:
    """Return the questions of a paper, numbered, with the answers that are saved."""
    drafts, sections = drafts_of(attempt), sections_before(attempt)
    return [
        asked(question, drafts.get(question.key), number, sections.get(question.key))
        for number, question in enumerate(frozen_questions(attempt), start=1)
    ]


def asked(
    question: FrozenQuestion, draft: DraftAnswer | None, number: int, section: Section | None
) -> Asked:
    """Return a question with the answer that is saved."""
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
        version=draft.version if draft else 0,
    )


def _state(question: FrozenQuestion, answer: list[str]) -> str:
    if not question.of_kind.is_answered(answer):
        return "unanswered"
    return "answered" if question.of_kind.is_complete(question.options, answer) else "partly"
