"""A text of the learner's own, graded by people against a rubric."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.kinds.kind import Part, Scored
from assessments.kinds.one_field import OTHER, OneField


class LongAnswer(OneField):
    """Nothing is scored before somebody has read it; an empty field earns nothing at once."""

    name = "long-answer"
    label = _("Long answer")
    help = _("A case to reason about in one's own words. A trainer grades it against your rubric.")
    rule = _("Write in your own words. A trainer reads your answer and gives the points.")
    interaction_type = "long-fill-in"
    part_types = ("criterion", "sample")
    offered = ("criterion", "criterion")
    most = 8
    longest = 20_000
    is_written = True
    is_graded = True

    def check(self, parts: Sequence[Part]) -> None:
        if not criteria(parts):
            raise ValidationError(_("Give at least one criterion, with its points."))
        if len(parts) - len(criteria(parts)) > 1:
            raise ValidationError(_("Give one sample answer at most."))

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """No points yet for what is written, none at all for nothing."""
        is_written = self.is_answered(answer)
        return Scored(None if is_written else 0.0, "", (), OTHER if is_written else "")

    def perfect(self, parts: Sequence[Part]) -> list[str]:
        return [part.text for part in parts if part.type == "sample"]

    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        return {
            "written": "".join(answer),
            "criteria": criteria(parts),
            "points": most_points(parts),
            "longest": self.longest,
        }

    def reviewed(
        self, parts: Sequence[Part], answer: Sequence[str], written: Sequence[Part]
    ) -> dict[str, Any]:
        sample = next((part for part in parts if part.type == "sample"), None)
        return self.laid_out(parts, answer) | {
            "written": "".join(answer).strip(),
            "sample": sample.text if sample else "",
        }


def criteria(parts: Sequence[Part]) -> list[Part]:
    """Return what an answer is judged by."""
    return [part for part in parts if part.type == "criterion"]


def most_points(parts: Sequence[Part]) -> int:
    """Return how many points all criteria give together."""
    return sum(int(part.value["points"]) for part in criteria(parts))


def share_of(parts: Sequence[Part], points: Mapping[str, float]) -> float:
    """Return 0 to 1 for the points given, by the keys of the criteria.

    Raises ValueError unless each criterion has points between nothing and its most.
    """
    wanted = {part.key: int(part.value["points"]) for part in criteria(parts)}
    if points.keys() != wanted.keys():
        raise ValueError("points for other criteria than those of the question")
    if not all(0 <= given <= wanted[key] for key, given in points.items()):
        raise ValueError("points beyond those of a criterion")
    return sum(points.values()) / sum(wanted.values())
