"""Where a learner stands in a paper: what is answered, what is not, what to look at again."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.asking import Asked


@dataclass(frozen=True)
class Overview:
    """The questions of a paper by what is left to do with them."""

    questions: Sequence[Asked]

    @property
    def unanswered(self) -> list[Asked]:
        return [one for one in self.questions if one.state == "unanswered"]

    @property
    def partly(self) -> list[Asked]:
        return [one for one in self.questions if one.state == "partly"]

    @property
    def open(self) -> list[Asked]:
        """Those that still lack an answer, or a part of it."""
        return [*self.unanswered, *self.partly]

    @property
    def flagged(self) -> list[Asked]:
        return [one for one in self.questions if one.flagged]

    @property
    def answered(self) -> list[Asked]:
        return [one for one in self.questions if one.state == "answered"]

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to ask about before the paper is submitted."""
        return len(self.answered) == len(self.questions) and not self.flagged
