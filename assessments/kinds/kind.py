"""What every kind of question can do. A kind knows no database, no page and no clock.

Answers are lists of texts, as a form sends them: keys of options, `key[.]key` for a pair, or what
was written. Interaction types and the form of responses are those of xAPI (Data, appendix C).
"""

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

JOIN = "[,]"
WITH = "[.]"


@dataclass(frozen=True)
class Part:
    """One part of a question: an option, a pair, a gap.

    `value` decides: it is the source language's, from the revision that was drawn. `words` are
    shown: they are the reader's. `key` is the same in every language. `said` is what every
    language says: what may be written is right in each of them, whoever reads.
    """

    key: str
    type: str
    value: Mapping[str, Any]
    words: Mapping[str, Any]
    said: tuple[Mapping[str, Any], ...] = ()

    @property
    def correct(self) -> bool:
        return bool(self.value.get("correct"))

    @property
    def text(self) -> str:
        return str(self.words.get("text", ""))

    @property
    def reason(self) -> str:
        return str(self.words.get("reason", ""))


@dataclass(frozen=True)
class Scored:
    """`scaled` is 0 to 1, None where nothing is scored (yet).

    `response` and `correct` have the form of a statement, and hold nothing that a learner made up.
    `choices` are what was chosen, by the keys of the parts: split at `[,]` they are the answer
    again, unless it was written.
    """

    scaled: float | None
    response: str
    correct: tuple[str, ...]
    choices: str

    @property
    def success(self) -> bool | None:
        return None if self.scaled is None else self.scaled == 1.0


class Kind(ABC):
    """A kind of question. `template` shows it to answer, `result_template` with what is right."""

    name: ClassVar[str]
    label: ClassVar[Any]
    help: ClassVar[Any]  # to an author: what it is good for, and how it is written
    interaction_type: ClassVar[str]
    part_types: tuple[str, ...]
    offered: tuple[str, ...]  # the parts of an empty form
    fewest: ClassVar[int] = 2
    most: ClassVar[int] = 8
    rule: ClassVar[Any] = ""  # to a learner: how points are given, where it is not plain
    is_scored: ClassVar[bool] = True
    is_graded: ClassVar[bool] = False  # by people, some time after it was answered
    is_written: ClassVar[bool] = False  # the learner's own words: kept beside the log, never in it

    @property
    def template(self) -> str:
        return f"assessments/kinds/{self.name}.html"

    @property
    def result_template(self) -> str:
        return f"assessments/kinds/{self.name}_result.html"

    @abstractmethod
    def check(self, parts: Sequence[Part]) -> None:
        """Raise ValidationError, in an author's words, for parts that make no such question."""

    @abstractmethod
    def score(self, parts: Sequence[Part], answer: Sequence[str]) -> Scored:
        """Return the points for an answer; the parts stand as they were written."""

    @abstractmethod
    def knows(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        """Say whether the form of this question can have sent an answer."""

    @abstractmethod
    def laid_out(self, parts: Sequence[Part], answer: Sequence[str]) -> dict[str, Any]:
        """Return what `template` shows; the parts stand in the order of the attempt."""

    @abstractmethod
    def reviewed(
        self, parts: Sequence[Part], answer: Sequence[str], written: Sequence[Part]
    ) -> dict[str, Any]:
        """Return what `result_template` shows; `written` are the parts as they were written."""

    @abstractmethod
    def perfect(self, parts: Sequence[Part]) -> list[str]:
        """Return an answer that earns all points; empty where nothing is scored."""

    def order(self, parts: Sequence[Part], chance: random.Random | None) -> list[str]:
        """Return the keys of the parts in the order of an attempt; `chance` shuffles."""
        keys = [part.key for part in parts]
        if chance:
            chance.shuffle(keys)
        return keys

    def is_answered(self, answer: Sequence[str]) -> bool:
        """Say whether anything was chosen or written."""
        return any(answer)

    def is_complete(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        """Say whether nothing is left open of an answer: what has fields wants each of them."""
        return self.is_answered(answer)

    def are_same(self, one: Sequence[str], other: Sequence[str]) -> bool:
        """Say whether two answers are the same answer."""
        return set(one) == set(other)


def joined(keys: Iterable[str]) -> str:
    """Return keys as one text, as a statement has them."""
    return JOIN.join(keys)


def fields_of(answer: Sequence[str]) -> dict[str, str]:
    """Return what stands in each field within a question, by the field's key."""
    return {key: value for key, _, value in (one.partition(WITH) for one in answer)}


def are_fields(
    answer: Sequence[str], keys: Collection[str], is_possible: Callable[[str], bool]
) -> bool:
    """Say whether an answer fills fields with these keys, each once, with what is possible."""
    given = fields_of(answer)
    is_known = len(given) == len(answer) and given.keys() <= set(keys)
    return is_known and all(is_possible(value) for value in given.values())
