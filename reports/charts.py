"""Figures as a picture: lengths in per cent of the width, so that words never shrink with it.

The picture shows the most; every figure stands in the table beside it.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format, number_format

from reports.tabs import MONTH, Group, month_of

# So many groups, and so many months, fit into a picture that is still read at a glance.
SHOWN, MONTHS = 15, 36
_WIDEST = 70  # per cent: beside the longest bar there is room for its figures on a phone
_LINE, _BAR, _GAP = 20, 18, 16  # heights
_LETTERS, _LINES = 36, 2
_TALL, _HEAD, _FOOT = 160, 24, 44
_NAMED, _YEARS = 12, 6  # so many names, and names with their years, stand side by side on a phone


@dataclass(frozen=True)
class Line:
    """A line of words in the picture."""

    text: str
    y: int


@dataclass(frozen=True)
class Bar:
    """One group: `whole` is how long the bar is, `part` how much of it is filled."""

    lines: list[Line]
    said: str
    x: str
    y: float
    whole: str
    part: str
    height: float
    middle: str = ""
    base: int = 0


@dataclass(frozen=True)
class Chart:
    """A picture of bars: lying ones for groups, standing ones for months."""

    is_standing: bool
    height: int
    bars: list[Bar] = field(default_factory=list)
    base: int = 0
    left_out: int = 0


def chart_of(groups: Sequence[Group], by: str) -> Chart:
    """Return the picture of the groups of a tab."""
    return _standing(groups) if by == MONTH else _lying(groups)


def _lying(groups: Sequence[Group]) -> Chart:
    seen = groups[:SHOWN]
    most = max((one.figures.participations or 0 for one in seen), default=0) or 1
    bars, y = [], 0
    for one in seen:
        found = _lines(one.label)
        lines = [Line(text, y + (place + 1) * _LINE - 5) for place, text in enumerate(found)]
        y += len(lines) * _LINE + 2
        bars.append(_lying_bar(one, lines, y, most))
        y += _BAR + _GAP
    return Chart(False, y, bars, left_out=len(groups) - len(seen))


def _lying_bar(one: Group, lines: list[Line], y: int, most: int) -> Bar:
    whole, part = one.figures.participations or 0, one.figures.completions or 0
    length = whole / most * _WIDEST
    return Bar(
        lines=lines,
        said=f"{_said(one.figures.completions)} / {_said(one.figures.participations)}",
        x=_per_cent(length + 2),
        y=y,
        whole=_per_cent(length),
        part=_per_cent(part / most * _WIDEST),
        height=_BAR,
        base=y + _BAR - 4,
    )


def _standing(groups: Sequence[Group]) -> Chart:
    by_month = {month_of(one.figures.key): one for one in groups}
    every = _every_month(sorted(by_month))
    seen = every[-MONTHS:]
    most = max((_completions(by_month.get(one)) for one in seen), default=0) or 1
    base = _HEAD + _TALL
    bars = [
        _standing_bar(one, by_month.get(one), place, len(seen), most)
        for place, one in enumerate(seen)
    ]
    return Chart(True, base + _FOOT, bars, base, left_out=len(every) - len(seen))


def _standing_bar(month: date, one: Group | None, place: int, count: int, most: int) -> Bar:
    slot = 100 / count
    tall = _completions(one) / most * _TALL
    width = min(slot * 0.7, 12.0)
    middle = (place + 0.5) * slot
    is_named = count <= _NAMED or place % -(-count // _YEARS) == 0
    base = _HEAD + _TALL
    lines = [Line(date_format(month, "M"), base + _LINE)] if is_named else []
    if lines and (place == 0 or month.month == 1 or count > _NAMED):
        lines.append(Line(str(month.year), base + 2 * _LINE))
    return Bar(
        lines=lines,
        said=_said(one.figures.completions if one else 0) if count <= _NAMED else "",
        x=_per_cent(middle - width / 2),
        y=round(base - tall, 1),
        whole=_per_cent(width),
        part="",
        height=round(tall, 1),
        middle=_per_cent(middle),
        base=round(base - tall) - 6,
    )


def _every_month(found: Sequence[date]) -> list[date]:
    """Return the months from the first to the last, also those in which nobody completed."""
    if not found:
        return []
    first, last = (one.year * 12 + one.month - 1 for one in (found[0], found[-1]))
    return [date(one // 12, one % 12 + 1, 1) for one in range(first, last + 1)]


def _completions(one: Group | None) -> int:
    return (one.figures.completions or 0) if one else 0


def _lines(label: str) -> list[str]:
    return textwrap.wrap(label, _LETTERS, max_lines=_LINES, placeholder=" …") or [label]


def _said(count: int | None) -> str:
    return "*" if count is None else number_format(count, force_grouping=True)


def _per_cent(value: float) -> str:
    return f"{value:.2f}%"
