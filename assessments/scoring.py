"""How an answer becomes points: one rule per kind of question.

Kinds and the form of responses are those of xAPI (Data, appendix C: interaction types).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

JOIN = "[,]"


@dataclass(frozen=True)
class Option:
    """An option as scoring sees it."""

    key: str
    correct: bool


@dataclass(frozen=True)
class Scored:
    """`scaled` is 0 to 1; `response` and `correct` have the form of a statement."""

    scaled: float
    response: str
    correct: str

    @property
    def success(self) -> bool:
        return self.scaled == 1.0


@dataclass(frozen=True)
class Kind:
    """A kind of question: its interaction type, whether several may be chosen, its rule."""

    interaction_type: str
    several: bool
    score: Callable[[Sequence[Option], set[str]], Scored]


def score_choice(options: Sequence[Option], chosen: set[str]) -> Scored:
    """One right option: a point for choosing it alone."""
    right = {option.key for option in options if option.correct}
    return Scored(float(chosen == right), _joined(options, chosen), _joined(options, right))


def score_multiple(options: Sequence[Option], chosen: set[str]) -> Scored:
    """Several right options: each right one chosen adds its share, each wrong one takes it away.

    Never below nothing. The rule is stated to the learner beside the question.
    """
    right = {option.key for option in options if option.correct}
    share = (len(chosen & right) - len(chosen - right)) / len(right) if right else 0.0
    return Scored(max(0.0, share), _joined(options, chosen), _joined(options, right))


def score_true_false(options: Sequence[Option], chosen: set[str]) -> Scored:
    """The first option says true, the second false."""
    names = dict(zip((option.key for option in options), ("true", "false"), strict=True))
    said = [Option(names[option.key], option.correct) for option in options]
    return score_choice(said, {names.get(key, "") for key in chosen})


KINDS = {
    "choice": Kind("choice", several=False, score=score_choice),
    "multiple": Kind("choice", several=True, score=score_multiple),
    "true-false": Kind("true-false", several=False, score=score_true_false),
}


def is_passed(*, raw: float, maximum: float, pass_mark: int) -> bool:
    """Return whether `raw` of `maximum` points reach `pass_mark` per cent."""
    return maximum > 0 and raw * 100 >= pass_mark * maximum - 1e-9


def _joined(options: Sequence[Option], keys: set[str]) -> str:
    return JOIN.join(option.key for option in options if option.key in keys)
