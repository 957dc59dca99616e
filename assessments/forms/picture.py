"""A gain as a picture: a line from before to after for each group, from 0 to 100 per cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessments.forms.gain import Gain

WIDTH, _SIDE, _HEAD, _ROW = 600, 24, 8, 52
_STEPS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Line:
    """One group. All places are those of the picture."""

    label: str
    y: int
    before: float
    after: float
    low: float
    high: float

    @property
    def y_of_label(self) -> int:
        return self.y - 16


def picture_of(rows: Sequence[tuple[str, Gain]]) -> dict[str, Any]:
    """Return the lines of a picture, in the order of the rows."""
    lines = [
        Line(
            label=label,
            y=_HEAD + place * _ROW + 34,
            before=_at(gain.before),
            after=_at(gain.after),
            low=_at(gain.before + gain.gain.low),
            high=_at(gain.before + gain.gain.high),
        )
        for place, (label, gain) in enumerate(rows)
    ]
    foot = _HEAD + len(rows) * _ROW
    return {
        "lines": lines,
        "steps": [(step, _at(step)) for step in _STEPS],
        "width": WIDTH,
        "head": _HEAD,
        "foot": foot,
        "height": foot + 24,
    }


def _at(percent: float) -> float:
    """Return the place of a share, kept within the picture."""
    within = min(max(percent, 0), 100)
    return round(_SIDE + within * (WIDTH - 2 * _SIDE) / 100, 1)
