"""A word or a few, written by the learner."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.kinds.kind import Part, Scored
from assessments.kinds.one_field import OTHER, OneField
from assessments.kinds.written import answers_in, is_one_of


class FillIn(OneField):
    """Right in any language of the question, in either script, up to the slips allowed."""

    name = "fill-in"
    label = _("Fill in")
    help = _("A term that has to be known, not recognised. One or two words.")
    rule = _("Either script will do; capitals and diacritics do not matter.")
    interaction_type = "fill-in"
    part_types = ("accepted",)
    offered = ("accepted",)
    longest = 200
    is_written = True

    def check(self, parts: Sequence[Part]) -> None:
        if len(parts) != 1 or not answers_in(parts[0].words):
            raise ValidationError(_("Give the right answers, one in each line."))

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """A point for any of the right answers; the log holds the first of them, or nothing."""
        (part,) = parts
        correct = tuple(answers_in(part.value))
        if not self.is_answered(answer):
            return Scored(0.0, "", correct, "")
        if self._is_right(part, answer):
            return Scored(1.0, correct[0], correct, part.key)
        return Scored(0.0, "", correct, OTHER)

    def perfect(self, parts: Sequence[Part]) -> list[str]:
        return answers_in(parts[0].words)[:1]

    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        return {"written": "".join(answer), "longest": self.longest}

    def reviewed(
        self, parts: Sequence[Part], answer: Sequence[str], written: Sequence[Part]
    ) -> dict[str, Any]:
        (part,) = parts
        return {
            "written": "".join(answer).strip(),
            "is_right": self._is_right(part, answer),
            "right": answers_in(part.words)[0],
            "reason": part.reason,
        }

    def _is_right(self, part: Part, answer: Sequence[str]) -> bool:
        accepted = [text for value in part.said for text in answers_in(value)]
        slips = part.value.get("typos") or 0
        return any(is_one_of(text, accepted, slips=slips) for text in answer)
