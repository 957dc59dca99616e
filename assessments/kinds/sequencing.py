"""Things that have an order."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.kinds.kind import WITH, Kind, Part, Scored, are_fields, fields_of, joined


@dataclass(frozen=True)
class ShownStep:
    """A step and the place it was given; 0 for none."""

    step: Part
    place: int
    right_place: int

    @property
    def is_right(self) -> bool:
        return self.place == self.right_place


class Sequencing(Kind):
    """Each step is given a place, and counts if that is where it belongs."""

    name = "sequencing"
    label = _("Sequence")
    help = _("Steps of a procedure, to be put into their order. Four to six.")
    rule = _(
        "Each step in its right place earns its share. A place given twice counts for neither."
    )
    interaction_type = "sequencing"
    part_types = ("step",)
    offered = ("step",) * 4

    def check(self, parts: Sequence[Part]) -> None:
        if len(parts) < 2:
            raise ValidationError(_("Give two steps or more."))

    def order(self, parts: Sequence[Part], chance: random.Random | None) -> list[str]:
        """Return the steps in another order than the right one, also where nothing is shuffled."""
        right = [part.key for part in parts]
        drawn = super().order(parts, chance or random.Random(joined(right)))  # noqa: S311
        return drawn if drawn != right else [*right[1:], right[0]]

    def knows(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        places = {str(number) for number in range(1, len(parts) + 1)}
        return are_fields(answer, [part.key for part in parts], places.__contains__)

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """Each step in its right place earns its share; a place that is given twice to neither."""
        places = _places(answer)
        taken = list(places.values())
        right = sum(
            places.get(part.key) == number and taken.count(number) == 1
            for number, part in enumerate(parts, start=1)
        )
        in_order = sorted(places, key=lambda key: places[key])
        known = joined(key for key in in_order if any(part.key == key for part in parts))
        choices = joined(
            f"{part.key}{WITH}{places[part.key]}" for part in parts if part.key in places
        )
        best = joined(part.key for part in parts)
        return Scored(right / len(parts) if parts else 0.0, known, (best,), choices)

    def is_complete(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        return len(_places(answer)) == len(parts)

    def perfect(self, parts: Sequence[Part]) -> list[str]:
        return [f"{part.key}{WITH}{number}" for number, part in enumerate(parts, start=1)]

    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        places = _places(answer)
        return {
            "steps": [ShownStep(part, places.get(part.key, 0), 0) for part in parts],
            "places": range(1, len(parts) + 1),
        }

    def reviewed(
        self, parts: Sequence[Part], answer: Sequence[str], written: Sequence[Part]
    ) -> dict[str, Any]:
        """Return the steps in their right order."""
        places = _places(answer)
        return {
            "steps": [
                ShownStep(part, places.get(part.key, 0), number)
                for number, part in enumerate(written, start=1)
            ]
        }


def _places(answer: Sequence[str]) -> dict[str, int]:
    return {key: int(place) for key, place in fields_of(answer).items() if place.isdecimal()}
