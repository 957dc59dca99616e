"""A picture with places, some of which are right."""

import random
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.kinds.choices import SeveralRight, ShownOption
from assessments.kinds.kind import Part, Scored


class Hotspot(SeveralRight):
    """Places are options: marked in the picture, and named in a list for whoever needs words."""

    name = "hotspot"
    label = _("Places in a picture")
    help = _("A picture in which something is to be noticed. Each place is named in words as well.")
    rule = _(
        "Choose every place that is right, in the picture or in the list. Each right one earns "
        "its share; each wrong one takes as much away, never below nothing."
    )
    part_types = ("picture", "region")
    offered = ("picture", "region", "region", "region")
    fewest = 3
    most = 13

    @property
    def template(self) -> str:
        return "assessments/kinds/hotspot.html"

    @property
    def result_template(self) -> str:
        return "assessments/kinds/hotspot_result.html"

    def check(self, parts: Sequence[Part]) -> None:
        if sum(part.type == "picture" for part in parts) != 1:
            raise ValidationError(_("Give exactly one picture."))
        super().check(_places(parts))
        for place in _places(parts):
            across, down = (
                place.value[start] + place.value[size]
                for start, size in (("left", "width"), ("top", "height"))
            )
            if across > 100 or down > 100 or not (place.value["width"] and place.value["height"]):
                message = _("“%(place)s” does not lie within the picture.")
                raise ValidationError(message % {"place": place.text})

    def order(self, parts: Sequence[Part], chance: random.Random | None) -> list[str]:
        return super().order(parts, None)  # places have their order in the picture

    def knows(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        return super().knows(_places(parts), answer)

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """Each right place chosen adds its share, each wrong one takes as much away."""
        return super().score(_places(parts), answer)

    def perfect(self, parts: Sequence[Part]) -> list[str]:
        return super().perfect(_places(parts))

    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        picture = next((part for part in parts if part.type == "picture"), None)
        return {
            "picture": picture,
            "options": [ShownOption(part, part.key in answer) for part in _places(parts)],
        }


def _places(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.type == "region"]
