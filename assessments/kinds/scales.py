"""A scale of agreement or confidence: asked, and not scored."""

import random
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.kinds.choices import ShownOption
from assessments.kinds.kind import Kind, Part, Scored, joined


class Likert(Kind):
    """One point of a scale, from one end to the other. No answer is right."""

    name = "likert"
    label = _("Scale")
    help = _("How far somebody agrees, or how sure somebody is. Nothing is right, nothing scored.")
    rule = _("Nothing here is right or wrong, and it does not count.")
    interaction_type = "likert"
    part_types = ("point",)
    offered = ("point",) * 5
    is_scored = False

    def check(self, parts: Sequence[Part]) -> None:
        if len(parts) < 2:
            raise ValidationError(_("Give two points of the scale or more."))

    def order(self, parts: Sequence[Part], chance: random.Random | None) -> list[str]:
        return super().order(parts, None)

    def knows(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        return len(answer) <= 1 and set(answer) <= {part.key for part in parts}

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """No points, and none to be had."""
        said = joined(part.key for part in parts if part.key in answer)
        return Scored(None, said, (), said)

    def perfect(self, parts: Sequence[Part]) -> list[str]:
        return []

    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        return {"options": [ShownOption(part, part.key in answer) for part in parts]}

    def reviewed(
        self, parts: Sequence[Part], answer: Sequence[str], written: Sequence[Part]
    ) -> dict[str, Any]:
        return self.laid_out(parts, answer)
