"""Things that belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.kinds.kind import WITH, Kind, Part, Scored, are_fields, fields_of, joined
from serbian import sort_key


@dataclass(frozen=True)
class ShownPair:
    """What stands fixed, with what was chosen for it."""

    pair: Part
    targets: list[Part]
    chosen: Part | None

    @property
    def is_right(self) -> bool:
        return self.chosen is self.pair


class Matching(Kind):
    """Each thing has a list of everything that may belong to it.

    The key of a pair stands for both of its ends, that of a decoy for its text.
    """

    name = "matching"
    label = _("Matching")
    help = _("Acts and articles, bodies and tasks: what belongs to what. Three to six pairs.")
    rule = _("Each pair that is right earns its share; a wrong one costs nothing.")
    interaction_type = "matching"
    part_types = ("pair", "decoy")
    offered = ("pair", "pair", "pair")
    most = 12

    def check(self, parts: Sequence[Part]) -> None:
        if len(_pairs(parts)) < 2:
            raise ValidationError(_("Give two pairs or more."))
        for side in (
            [part.text for part in _pairs(parts)],
            [target_text(part) for part in parts],
        ):
            if len({text.strip().casefold() for text in side}) < len(side):
                raise ValidationError(
                    _("Each text may stand there once: nobody could tell two alike apart.")
                )

    def knows(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        targets = {part.key for part in parts}
        return are_fields(answer, [part.key for part in _pairs(parts)], targets.__contains__)

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """Each right pair earns its share of the point; a wrong one costs nothing."""
        chosen, pairs = fields_of(answer), _pairs(parts)
        right = sum(chosen.get(part.key) == part.key for part in pairs)
        said = joined(f"{p.key}{WITH}{chosen[p.key]}" for p in pairs if p.key in chosen)
        best = joined(self.perfect(parts))
        return Scored(right / len(pairs) if pairs else 0.0, said, (best,), said)

    def is_complete(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        return len(fields_of(answer)) == len(_pairs(parts))

    def perfect(self, parts: Sequence[Part]) -> list[str]:
        return [f"{part.key}{WITH}{part.key}" for part in _pairs(parts)]

    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        """The fixed ends stand as they were written in; what is chosen from in the drawn order."""
        chosen, by_key = fields_of(answer), {part.key: part for part in parts}
        pairs = sorted(_pairs(parts), key=lambda part: sort_key(part.text, get_language()))
        return {
            "pairs": [
                ShownPair(part, list(parts), by_key.get(chosen.get(part.key, ""))) for part in pairs
            ]
        }

    def reviewed(
        self, parts: Sequence[Part], answer: Sequence[str], written: Sequence[Part]
    ) -> dict[str, Any]:
        return self.laid_out(parts, answer)


def target_text(part: Part) -> str:
    """Return what is chosen: the other end of a pair, or a decoy."""
    return str(part.words["match"]) if part.type == "pair" else part.text


def _pairs(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.type == "pair"]
