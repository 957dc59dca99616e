"""Shapes in a picture, in pixels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.tree import Node


@dataclass(frozen=True)
class Shape:
    """A rectangle, a circle, an ellipse or a polygon. `box` is left, top, right, bottom."""

    name: str
    numbers: tuple[float, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        if self.name == "rect":
            left, top, right, bottom = self.numbers
            return min(left, right), min(top, bottom), max(left, right), max(top, bottom)
        if self.name == "poly":
            across, down = self.numbers[::2], self.numbers[1::2]
            return min(across), min(down), max(across), max(down)
        x, y, wide, high = (*self.numbers, self.numbers[2])[:4]
        return x - wide, y - high, x + wide, y + high

    @property
    def middle(self) -> tuple[float, float]:
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies within."""
        left, top, right, bottom = self.box
        if not (left <= x <= right and top <= y <= bottom):
            return False
        if self.name == "rect":
            return True
        if self.name == "poly":
            return _crossings(self.numbers, x, y) % 2 == 1
        wide, high, middle = (right - left) / 2, (bottom - top) / 2, self.middle
        return math.hypot((x - middle[0]) / wide, (y - middle[1]) / high) <= 1


def overlap(one: Shape, other: Shape) -> bool:
    """Say whether the rectangles around two shapes have a part in common."""
    a, b = one.box, other.box
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def shape_of(node: Node) -> Shape:
    """Read `shape` and `coords`. Raises Unfit for a shape that is unknown or has no extent."""
    name, coords = node.get("shape"), node.get("coords")
    try:
        numbers = tuple(float(one) for one in coords.replace(",", " ").split())
    except ValueError:
        numbers = ()
    is_known = all(math.isfinite(one) and abs(one) < 1e6 for one in numbers) and (
        {"rect": len(numbers) == 4, "circle": len(numbers) == 3, "ellipse": len(numbers) == 4}.get(
            name, name == "poly" and len(numbers) >= 6 and len(numbers) % 2 == 0
        )
    )
    if not is_known or not _has_extent(Shape(name, numbers)):
        raise Unfit(
            _("The place “%(shape)s %(coords)s” is not in a form that can be used.")
            % {"shape": name, "coords": coords[:60]},
            line=node.line,
        )
    return Shape(name, numbers)


def _has_extent(shape: Shape) -> bool:
    left, top, right, bottom = shape.box
    return right > left and bottom > top


def _crossings(numbers: Sequence[float], x: float, y: float) -> int:
    """Count the sides of a polygon that a ray from the point to the right crosses."""
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    return sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True)
    )
