"""Statements per day as a picture of bars; the figures stand in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from lrs.browsing import Day

WIDTH, HEIGHT = 600, 120
_GAP = 2


@dataclass(frozen=True)
class Bar:
    """One day: what this site recorded stands below what others sent."""

    day: Day
    x: float
    width: float
    ours: float
    theirs: float

    @property
    def top_of_ours(self) -> float:
        return HEIGHT - self.ours

    @property
    def top_of_theirs(self) -> float:
        return HEIGHT - self.ours - self.theirs


def picture(found: Sequence[Day], *, days: int) -> dict[str, Any]:
    """Return the bars of the last `days` days, today last; a day without statements has none."""
    by_day = {one.day: one for one in found}
    today = timezone.localdate()
    every = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    shown = [by_day.get(day, Day(day, 0, 0)) for day in every]
    most = max(max((one.total for one in shown), default=0), 1)
    width = WIDTH / days
    bars = [
        Bar(
            day=one,
            x=place * width,
            width=width - _GAP,
            ours=one.ours / most * HEIGHT,
            theirs=one.theirs / most * HEIGHT,
        )
        for place, one in enumerate(shown)
    ]
    return {
        "bars": bars,
        "width": WIDTH,
        "height": HEIGHT,
        "total": sum(one.total for one in shown),
        "most": most,
    }
