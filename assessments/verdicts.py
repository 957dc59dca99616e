"""From points to a verdict."""

from collections.abc import Iterable


def points_of(scaled: Iterable[float | None]) -> tuple[float, float]:
    """Return the points reached and the most there were; what is not scored counts in neither."""
    counted = [one for one in scaled if one is not None]
    return round(sum(counted), 4), float(len(counted))


def is_passed(*, raw: float, maximum: float, pass_mark: int) -> bool:
    """Return whether `raw` of `maximum` points reach `pass_mark` per cent."""
    return maximum > 0 and raw * 100 >= pass_mark * maximum - 1e-9
