"""Classical test theory, as pure functions. Scores are shares, 0 to 1.

Sources: Lord and Novick, Statistical Theories of Mental Test Scores (1968); the corrected
item-total correlation leaves the item itself out of the total (Henrysson 1963).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean, median, pstdev, quantiles, variance

FEWEST = 5  # fewer people are not a group
ENOUGH = 10  # answers before anything is said about telling people apart


@dataclass(frozen=True)
class Spread:
    """Quartiles; in the unit of what was measured."""

    low: float
    middle: float
    high: float


def facility(scores: Sequence[float]) -> float | None:
    """Return the mean score of an item: 1 if everybody gets it right; None for too few."""
    return fmean(scores) if len(scores) >= FEWEST else None


def discrimination(scores: Sequence[float], rests: Sequence[float]) -> float | None:
    """Return the correlation, -1 to 1, of an item's score with the score in all other items.

    None under ENOUGH answers, and where either does not vary.
    """
    if len(scores) < ENOUGH:
        return None
    try:
        return correlation(scores, rests)
    except StatisticsError:
        return None


def thirds(rests: Sequence[float]) -> tuple[set[int], set[int]]:
    """Return the places of the lowest and of the highest third, ties in the order they come."""
    order = sorted(range(len(rests)), key=lambda place: rests[place])
    size = len(order) // 3
    return set(order[:size]), set(order[len(order) - size :]) if size else set()


def spread(values: Sequence[float]) -> Spread | None:
    """Return the quartiles of what was measured; None for too few."""
    if len(values) < FEWEST:
        return None
    low, _, high = quantiles(values, n=4, method="inclusive")
    return Spread(low, median(values), high)


def alpha(rows: Sequence[Sequence[float]]) -> float | None:
    """Return Cronbach's alpha of a test: a row for each person, a column for each item.

    None for fewer than two items, too few people, or totals that do not vary.
    """
    if len(rows) < ENOUGH or len(rows[0]) < 2:
        return None
    items = len(rows[0])
    total = variance([sum(row) for row in rows])
    if not total:
        return None
    single = sum(variance(column) for column in zip(*rows, strict=True))
    return items / (items - 1) * (1 - single / total)


def standard_error(totals: Sequence[float], reliability: float) -> float:
    """Return the standard error of measurement, in the unit of the totals."""
    return float(pstdev(totals) * max(0.0, 1 - reliability) ** 0.5)
