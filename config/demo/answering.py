"""How somebody answers who knows, and how somebody who does not."""

import random
from collections.abc import Callable, Sequence

from assessments.kinds import KINDS, WITH, Part
from assessments.kinds.written import lines
from assessments.papers import FrozenQuestion

_GUESS = "damage"


def right_answer(question: FrozenQuestion) -> list[str]:
    """Return an answer that earns everything; on a scale any point will do."""
    parts = question.options_as_written
    return KINDS[question.kind].perfect(parts) or [parts[0].key]


def wrong_answer(question: FrozenQuestion, chance: random.Random) -> list[str]:
    """Return an answer such as people give who do not know."""
    guess = _GUESSES.get(question.kind)
    if guess:
        return guess(question.options_as_written)
    wrong = [part.key for part in question.options if part.type != "picture" and not part.correct]
    return [chance.choice(wrong)] if wrong else right_answer(question)


def _turned(parts: Sequence[Part]) -> list[str]:
    """Give each pair the other end of the next one."""
    pairs = [part.key for part in parts if part.type == "pair"]
    return [f"{one}{WITH}{other}" for one, other in zip(pairs, [*pairs[1:], pairs[0]], strict=True)]


def _backwards(parts: Sequence[Part]) -> list[str]:
    return [f"{part.key}{WITH}{len(parts) - at}" for at, part in enumerate(parts)]


def _one_more(parts: Sequence[Part]) -> list[str]:
    (part,) = parts
    return [str(float(part.value["value"]) + float(part.value["tolerance"]) + 1)]


def _decoys(parts: Sequence[Part]) -> list[str]:
    gaps = (part for part in parts if part.type == "gap")
    return [f"{gap.key}{WITH}{[*lines(gap.words['decoys'] or ''), _GUESS][0]}" for gap in gaps]


_GUESSES: dict[str, Callable[[Sequence[Part]], list[str]]] = {
    "matching": _turned,
    "sequencing": _backwards,
    "numeric": _one_more,
    "fill-in": lambda parts: [_GUESS],
    "cloze": _decoys,
    "likert": lambda parts: [parts[0].key],
}
