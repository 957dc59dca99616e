"""What the learner is shown of how a long answer was graded."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from assessments.kinds import Part
from assessments.kinds.long_answer import criteria
from assessments.models import Mark, Remark, Response


@dataclass(frozen=True)
class ShownCriterion:
    text: str
    guidance: str
    points: float
    most: int


@dataclass(frozen=True)
class ShownMark:
    """What one person gave; whoever it was, nobody is told."""

    criteria: list[ShownCriterion]
    remark: str


def marks_of(
    responses: Sequence[Response], parts: dict[UUID, list[Part]]
) -> dict[UUID, list[ShownMark]]:
    """Return the marks by question; none while an answer still waits.

    `parts` are the parts of the questions. Two queries if anything was graded, else none.
    """
    graded = {
        one.writing: one for one in responses if one.writing and one.graders and not one.is_waiting
    }
    if not graded:
        return {}
    marks = list(Mark.objects.filter(writing__in=graded))
    words: dict[UUID, str] = dict(
        Remark.objects.filter(key__in=[mark.remark for mark in marks if mark.remark]).values_list(
            "key", "text"
        )
    )
    shown: dict[UUID, list[ShownMark]] = {}
    for mark in marks:
        key = graded[mark.writing].question_key
        remark = words.get(mark.remark, "") if mark.remark else ""
        shown.setdefault(key, []).append(_shown(mark, parts[key], remark))
    return shown


def _shown(mark: Mark, parts: list[Part], remark: str) -> ShownMark:
    return ShownMark(
        [
            ShownCriterion(
                text=part.text,
                guidance=str(part.words.get("guidance") or ""),
                points=mark.points.get(part.key, 0),
                most=int(part.value["points"]),
            )
            for part in criteria(parts)
        ],
        remark,
    )
