"""How sure learners were of an answer, and how often they were right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessments.item_statistics import measures
from assessments.item_statistics.answers import Given
from assessments.models import Confidence


@dataclass(frozen=True)
class SureLine:
    """`count` learners said this; `facility` is their mean share of the points."""

    words: Any
    count: int
    facility: float | None


def sureness_of(given: Sequence[Given]) -> list[SureLine]:
    """Return a line for each step that somebody chose, the surest first.

    A false belief shows here: many who were sure, and wrong.
    """
    lines = []
    for step in reversed(Confidence):
        scores = [o.scaled for o in given if o.confidence == step and o.scaled is not None]
        if scores:
            lines.append(SureLine(step.label, len(scores), measures.facility(scores)))
    return lines
