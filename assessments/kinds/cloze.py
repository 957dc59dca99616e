"""A text with gaps."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.kinds.kind import WITH, Kind, Part, Scored, are_fields, fields_of, joined
from assessments.kinds.one_field import OTHER
from assessments.kinds.written import answers_in, is_one_of, lines
from serbian import SortKey, sort_key

_MARK = re.compile(r"\[(\d+)\]")
_RIGHT = "right"
LONGEST = 200


@dataclass(frozen=True)
class ShownGap:
    """A gap with what was written into it. With `choices` it is a list, else a field."""

    part: Part
    number: int
    written: str

    @property
    def choices(self) -> list[str]:
        """What the list offers; what was chosen in another language stays in it."""
        decoys = lines(self.part.words.get("decoys") or "")
        offered = {self.right, *decoys, self.written} - {""}
        return sorted(offered, key=_by_alphabet) if decoys else []

    @property
    def right(self) -> str:
        return answers_in(self.part.words)[0]

    @property
    def is_right(self) -> bool:
        accepted = [text for value in self.part.said for text in answers_in(value)]
        return is_one_of(self.written, accepted)


@dataclass(frozen=True)
class Piece:
    """Some text, and the gap after it."""

    text: str
    gap: ShownGap | None


def _by_alphabet(text: str) -> SortKey:
    return sort_key(text, get_language())


class Cloze(Kind):
    """Each gap counts alike; what is written may be in either script."""

    name = "cloze"
    label = _("Text with gaps")
    help = _("A sentence of the law, or a report, in which the words that matter are missing.")
    rule = _("Each gap that is right earns its share. Either script will do.")
    interaction_type = "fill-in"
    part_types = ("passage", "gap")
    offered = ("passage", "gap", "gap")
    most = 11
    is_written = True

    def check(self, parts: Sequence[Part]) -> None:
        passages = [part for part in parts if part.type == "passage"]
        if len(passages) != 1:
            raise ValidationError(_("Give exactly one text with gaps."))
        marks = sorted(int(number) for number in _MARK.findall(passages[0].text))
        if marks != list(range(1, len(_gaps(parts)) + 1)):
            raise ValidationError(
                _("Each gap below needs its mark in the text, [1], [2] …, and each mark its gap.")
            )
        if not all(answers_in(part.words) for part in _gaps(parts)):
            raise ValidationError(_("Give the right answers, one in each line."))

    def order(self, parts: Sequence[Part], chance: random.Random | None) -> list[str]:
        return super().order(parts, None)

    def knows(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        keys = [part.key for part in _gaps(parts)]
        return are_fields(answer, keys, lambda text: len(text) <= LONGEST)

    def is_answered(self, answer: Sequence[str]) -> bool:
        return any(text.strip() for text in fields_of(answer).values())

    def is_complete(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        return all(gap.written.strip() for gap in _shown(parts, answer))

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """Each right gap earns its share; the log holds what was right, and else nothing."""
        gaps = _shown(parts, answer)
        right = [gap.is_right for gap in gaps]
        firsts = [answers_in(gap.part.value)[0] for gap in gaps]
        response = joined(
            text if is_right else "" for text, is_right in zip(firsts, right, strict=True)
        )
        choices = joined(
            f"{gap.part.key}{WITH}{_RIGHT if gap.is_right else OTHER}"
            for gap in gaps
            if gap.written.strip()
        )
        points = sum(right) / len(gaps) if gaps else 0.0
        return Scored(points, response if any(right) else "", (joined(firsts),), choices)

    def perfect(self, parts: Sequence[Part]) -> list[str]:
        return [f"{part.key}{WITH}{answers_in(part.words)[0]}" for part in _gaps(parts)]

    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        gaps = _shown(parts, answer)
        text = next((part.text for part in parts if part.type == "passage"), "")
        return {"pieces": _pieces(text, gaps), "gaps": gaps, "longest": LONGEST}

    def reviewed(
        self, parts: Sequence[Part], answer: Sequence[str], written: Sequence[Part]
    ) -> dict[str, Any]:
        return self.laid_out(parts, answer)


def _gaps(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.type == "gap"]


def _shown(parts: Sequence[Part], answer: Sequence[str]) -> list[ShownGap]:
    written = fields_of(answer)
    return [
        ShownGap(part, number, written.get(part.key, ""))
        for number, part in enumerate(_gaps(parts), start=1)
    ]


def _pieces(text: str, gaps: Sequence[ShownGap]) -> list[Piece]:
    by_number = {str(gap.number): gap for gap in gaps}
    found = _MARK.split(text)  # text, number, text, number, … text
    return [
        Piece(found[at], by_number.get(found[at + 1]) if at + 1 < len(found) else None)
        for at in range(0, len(found), 2)
    ]
