"""How the objectives of a quiz fare: the share of its points, over learners."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from uuid import UUID

from assessments.item_statistics import measures
from assessments.models import Attempt


@dataclass(frozen=True)
class ObjectiveLine:
    """`count` learners had questions on an objective; `facility` is their mean share."""

    key: str
    count: int
    facility: float | None


def lines_by_objective(
    attempts: Iterable[Attempt], papers: Iterable[Mapping[UUID, float]]
) -> list[ObjectiveLine]:
    """Return the objectives that the drawn questions name, the hardest first.

    A learner's share is the mean of the scores of that learner's questions on the objective.
    """
    about = {
        UUID(question["key"]): question["objective"]
        for attempt in attempts
        for question in attempt.drawn
        if question.get("objective")
    }
    shares: dict[str, list[float]] = defaultdict(list)
    for paper in papers:
        scores: dict[str, list[float]] = defaultdict(list)
        for key, scaled in paper.items():
            if key in about:
                scores[about[key]].append(scaled)
        for objective, found in scores.items():
            shares[objective].append(fmean(found))
    lines = [ObjectiveLine(key, len(s), measures.facility(s)) for key, s in shares.items()]
    return sorted(lines, key=lambda line: (line.facility is None, line.facility, line.key))
