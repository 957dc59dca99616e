"""Questions with options to choose from: one right, several right, true or false."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.kinds.kind import Kind, Part, Scored, joined


@dataclass(frozen=True)
class ShownOption:
    """An option with what became of it.

    Chosen it is "right" or "wrong"; not chosen it is "missed" where it is right, else "other".
    """

    option: Part
    chosen: bool

    @property
    def state(self) -> str:
        if self.chosen:
            return "right" if self.option.correct else "wrong"
        return "missed" if self.option.correct else "other"


class _Choice(Kind):
    """Options, of which some are right."""

    interaction_type = "choice"
    part_types: tuple[str, ...] = ("option",)
    offered: tuple[str, ...] = ("option",) * 4
    several = False

    @property
    def template(self) -> str:
        return "assessments/kinds/choice.html"

    @property
    def result_template(self) -> str:
        return "assessments/kinds/choice_result.html"

    def check(self, parts: Sequence[Part]) -> None:
        if len(parts) < 2:
            raise ValidationError(_("Give two options or more."))
        if sum(part.correct for part in parts) != 1:
            raise ValidationError(_("Tick exactly one option that is right."))

    def knows(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        chosen = set(answer)
        is_possible = len(chosen) == len(answer) and (self.several or len(chosen) <= 1)
        return is_possible and chosen <= {part.key for part in parts}

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """One right option: a point for choosing it alone."""
        right = {part.key for part in parts if part.correct}
        return self._scored(parts, float(set(answer) == right), set(answer), right)

    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        return {"options": [ShownOption(part, part.key in answer) for part in parts]}

    def reviewed(
        self, parts: Sequence[Part], answer: Sequence[str], written: Sequence[Part]
    ) -> dict[str, Any]:
        return self.laid_out(parts, answer) | {"is_answered": bool(answer)}

    def perfect(self, parts: Sequence[Part]) -> list[str]:
        return [part.key for part in parts if part.correct]

    def _scored(
        self, parts: Sequence[Part], scaled: float, chosen: set[str], right: set[str]
    ) -> Scored:
        response, correct = (joined(p.key for p in parts if p.key in k) for k in (chosen, right))
        return Scored(scaled, response, (correct,), response)


class OneRight(_Choice):
    name = "choice"
    label = _("One right option")
    help = _("A situation and three or four things to do, one of them right.")


class SeveralRight(_Choice):
    name = "multiple"
    label = _("Several right options")
    help = _("Everything that is right has to be ticked, and nothing else.")
    several = True
    rule = _(
        "Several options may be right. Each right one earns its share; each wrong one takes as "
        "much away, never below nothing."
    )

    def check(self, parts: Sequence[Part]) -> None:
        if len(parts) < 2:
            raise ValidationError(_("Give two options or more."))
        if not any(part.correct for part in parts):
            raise ValidationError(_("Tick at least one option that is right."))

    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """Each right option chosen adds its share, each wrong one takes as much away.

        Never below nothing. The rule is stated to the learner beside the question.
        """
        right, chosen = {part.key for part in parts if part.correct}, set(answer)
        share = (len(chosen & right) - len(chosen - right)) / len(right) if right else 0.0
        return self._scored(parts, max(0.0, share), chosen, right)


class TrueFalse(_Choice):
    """The first option says true, the second false."""

    name = "true-false"
    label = _("True or false")
    help = _("A sentence that is true or is not. Easy to guess: use it sparingly.")
    interaction_type = "true-false"
    offered = ("option",) * 2

    def check(self, parts: Sequence[Part]) -> None:
        if len(parts) != 2:
            raise ValidationError(_("Give two options: first true, then false."))
        super().check(parts)

    def order(self, parts: Sequence[Part], chance: random.Random | None) -> list[str]:
        return super().order(parts, None)

    def _scored(
        self, parts: Sequence[Part], scaled: float, chosen: set[str], right: set[str]
    ) -> Scored:
        names = dict(zip((part.key for part in parts), ("true", "false"), strict=True))
        choices, correct = (joined(k for k in names if k in keys) for keys in (chosen, right))
        said = joined(names[key] for key in names if key in chosen)
        return Scored(scaled, said, (names.get(correct, ""),), choices)
