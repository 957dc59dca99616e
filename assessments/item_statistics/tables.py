"""What was answered: a line for each thing that an answer can hold, by kind of question."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from assessments.item_statistics.answers import Given
from assessments.item_statistics.measures import thirds
from assessments.kinds import WITH, Part
from assessments.kinds.matching import target_text
from assessments.kinds.one_field import OTHER
from assessments.kinds.written import answers_in

_MOST_NUMBERS = 6


@dataclass(frozen=True)
class Outcome:
    """Something that an answer can hold. `mark` stands in the answer if it does."""

    mark: str
    text: str
    is_right: bool


@dataclass(frozen=True)
class Line:
    """How many chose an outcome: of all, of the best third and of the weakest, by the rest.

    Shares are 0 to 1; `rest` is the mean score of these learners in the rest of their attempts.
    """

    outcome: Outcome
    count: int
    share: float
    best: float | None
    weakest: float | None
    rest: float | None

    @property
    def percent(self) -> int:
        return round(self.share * 100)


@dataclass(frozen=True)
class Table:
    lines: list[Line]
    unanswered: int


def table_of(kind: str, parts: Sequence[Part], given: Sequence[Given]) -> Table:
    """Return the lines of a question in the order of its parts, and how many left it open."""
    answered = [one for one in given if one.answer]
    ranked = [one for one in answered if one.rest is not None]
    low, high = thirds([one.rest for one in ranked if one.rest is not None])
    lines = [
        Line(
            outcome=outcome,
            count=sum(outcome.mark in one.answer for one in answered),
            share=_share(outcome, answered) or 0.0,
            best=_share(outcome, [ranked[place] for place in sorted(high)]),
            weakest=_share(outcome, [ranked[place] for place in sorted(low)]),
            rest=_rest(outcome, ranked),
        )
        for outcome in outcomes_of(kind, parts, answered)
    ]
    return Table(lines, len(given) - len(answered))


def outcomes_of(kind: str, parts: Sequence[Part], answered: Sequence[Given]) -> list[Outcome]:
    """Return what an answer to this question can hold, as far as the log tells it apart."""
    if kind == "matching":
        pairs = [part for part in parts if part.type == "pair"]
        return [
            Outcome(f"{p.key}{WITH}{p.key}", f"{p.text} – {target_text(p)}", True) for p in pairs
        ]
    if kind == "sequencing":
        return [
            Outcome(f"{part.key}{WITH}{place}", f"{place}. {part.text}", True)
            for place, part in enumerate(parts, start=1)
        ]
    if kind == "cloze":
        gaps = [part for part in parts if part.type == "gap"]
        return [Outcome(f"{gap.key}{WITH}right", answers_in(gap.words)[0], True) for gap in gaps]
    if kind == "fill-in":
        return [Outcome(parts[0].key, answers_in(parts[0].words)[0], True)]
    if kind == "numeric":
        return _numbers(parts[0], answered)
    choices = [part for part in parts if part.type in ("option", "region", "point")]
    return [Outcome(part.key, part.text, part.correct) for part in choices]


def _numbers(part: Part, answered: Sequence[Given]) -> list[Outcome]:
    """Return the numbers that were written most often."""
    value, tolerance = float(part.value["value"]), float(part.value.get("tolerance") or 0)
    said = Counter(number for one in answered for number in one.answer if number != OTHER)
    return [
        Outcome(number, number, abs(float(number) - value) <= tolerance + 1e-9)
        for number, _ in said.most_common(_MOST_NUMBERS)
    ]


def _share(outcome: Outcome, given: Sequence[Given]) -> float | None:
    return fmean(outcome.mark in one.answer for one in given) if given else None


def _rest(outcome: Outcome, ranked: Sequence[Given]) -> float | None:
    rests = [one.rest for one in ranked if outcome.mark in one.answer and one.rest is not None]
    return fmean(rests) if rests else None
