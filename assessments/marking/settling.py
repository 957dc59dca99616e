"""What the points of one, two or three people come to."""

from collections.abc import Sequence
from statistics import mean, median

# Two who differ by more than this share of the points have not read the same answer alike.
APART = 0.2
_SMALLEST = 1e-9


def settled(marks: Sequence[float], *, graders: int) -> float | None:
    """Return the score that counts, 0 to 1; None while somebody still has to grade.

    One mark of one grader counts as it is; of two the mean, if they are not far apart; of three
    the middle one.
    """
    if len(marks) < graders:
        return None
    if len(marks) == 2 and max(marks) - min(marks) > APART + _SMALLEST:
        return None
    return round(median(marks) if len(marks) > 2 else mean(marks), 4)
