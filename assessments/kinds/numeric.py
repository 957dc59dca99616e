"""A number, written as people write numbers."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.kinds.kind import Part, Scored
from assessments.kinds.one_field import OTHER, OneField

_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(([.,])\d{3})(\2\d{3})*([.,]\d+)?")
_SMALLEST = 1e-9


def readings(text: str) -> list[float]:
    """Return the numbers that a text can mean, the likeliest first; none if it is no number.

    Comma and point are both decimal marks, spaces part thousands. "1.000" is one, or a thousand:
    which of them depends on where somebody went to school.
    """
    plain = "".join(text.split()).replace("−", "-")
    found = []
    if _PLAIN.fullmatch(plain):
        found.append(float(plain.replace(",", ".")))
    if grouped := _GROUPED.fullmatch(plain):
        mark = grouped[2]
        rest = grouped[4] or ""
        if not rest.startswith(mark):
            whole = plain.removesuffix(rest).replace(mark, "")
            found.append(float(whole + rest.replace(",", ".")))
    return found


class Numeric(OneField):
    """Right within the tolerance."""

    name = "numeric"
    label = _("Number")
    help = _(
        "A number that has to be known: days, years, an article. With a tolerance if you like."
    )
    rule = _("Write a number, such as 90 or 2.5.")
    interaction_type = "numeric"
    part_types = ("number",)
    offered = ("number",)
    longest = 40

    def check(self, parts: Sequence[Part]) -> None:
        if len(parts) != 1 or parts[0].value.get("value") is None:
            raise ValidationError(_("Give the right number."))

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """A point for a number within the tolerance. What is no number is not written down."""
        (part,) = parts
        low, high = _range(part)
        correct = (f"{_said(low)}[:]{_said(high)}",)
        if not self.is_answered(answer):
            return Scored(0.0, "", correct, "")
        meant = readings(answer[0])
        right = [number for number in meant if _is_within(number, low, high)]
        if not meant:
            return Scored(0.0, "", correct, OTHER)
        said = _said((right or meant)[0])
        return Scored(float(bool(right)), said, correct, said)

    def perfect(self, parts: Sequence[Part]) -> list[str]:
        return [_said(float(parts[0].value["value"]))]

    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        (part,) = parts
        return {
            "written": "".join(answer),
            "unit": part.words.get("unit", ""),
            "longest": self.longest,
        }

    def reviewed(
        self, parts: Sequence[Part], answer: Sequence[str], written: Sequence[Part]
    ) -> dict[str, Any]:
        (part,) = parts
        return {
            "written": "" if list(answer) == [OTHER] else "".join(answer),
            "is_no_number": list(answer) == [OTHER],
            "is_right": self.score(parts, answer).scaled == 1.0,
            "right": float(part.value["value"]),
            "tolerance": float(part.value.get("tolerance") or 0),
            "unit": part.words.get("unit", ""),
            "reason": part.reason,
        }


def _range(part: Part) -> tuple[float, float]:
    value, tolerance = float(part.value["value"]), float(part.value.get("tolerance") or 0)
    return value - tolerance, value + tolerance


def _is_within(number: float, low: float, high: float) -> bool:
    return low - _SMALLEST <= number <= high + _SMALLEST


def _said(number: float) -> str:
    """Return a number as xAPI writes it: no exponent, no digits that say nothing."""
    return f"{number:.9f}".rstrip("0").rstrip(".")
