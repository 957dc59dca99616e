"""From points to a verdict."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessments.models import Attempt


@dataclass(frozen=True)
class Judgement:
    """Points reached, the most there were, and whether they suffice.

    `short` are the keys of the objectives in which too few points were reached.
    """

    raw: float
    maximum: float
    passed: bool
    short: tuple[str, ...] = ()


def judge(attempt: Attempt, scaled: Mapping[UUID, float | None]) -> Judgement:
    """Return the verdict on an attempt by the worth of its answers, 0 to 1, by question.

    The rules are those that stand in the attempt. What is not scored counts in no sum.
    """
    raw, maximum = points_of(scaled.values())
    short = tuple(_short(attempt, scaled))
    passed = is_passed(raw=raw, maximum=maximum, pass_mark=attempt.pass_mark) and not short
    return Judgement(raw, maximum, passed, short)


def _short(attempt: Attempt, scaled: Mapping[UUID, float | None]) -> Iterable[str]:
    """Yield the objectives that are not mastered, in the order of the attempt."""
    if not attempt.mastery:
        return
    by_objective: dict[str, list[float | None]] = defaultdict(list)
    for question in attempt.drawn:
        if objective := question.get("objective"):
            by_objective[objective].append(scaled.get(UUID(question["key"])))
    for objective, worth in by_objective.items():
        raw, maximum = points_of(worth)
        if maximum and not is_passed(raw=raw, maximum=maximum, pass_mark=attempt.mastery):
            yield objective


def rules_of(attempt: Attempt, verdict: Judgement) -> dict[str, Any]:
    """Return what a verdict rested on, as its statement says it."""
    mastery = {"mastery": attempt.mastery, "short": list(verdict.short)}
    return {"pass-mark": attempt.pass_mark, **(mastery if attempt.mastery else {})}


def points_of(scaled: Iterable[float | None]) -> tuple[float, float]:
    """Return the points reached and the most there were; what is not scored counts in neither."""
    counted = [one for one in scaled if one is not None]
    return round(sum(counted), 4), float(len(counted))


def is_passed(*, raw: float, maximum: float, pass_mark: int) -> bool:
    """Return whether `raw` of `maximum` points reach `pass_mark` per cent."""
    return maximum > 0 and raw * 100 >= pass_mark * maximum - 1e-9
