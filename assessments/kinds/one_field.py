"""Questions that are answered in one field."""

import random
from collections.abc import Sequence
from typing import ClassVar

from assessments.kinds.kind import Kind, Part

# What the log says of an answer that is none of those that are right.
OTHER = "other"


class OneField(Kind):
    """One part, one field, one short text."""

    fewest = most = 1
    longest: ClassVar[int]

    def order(self, parts: Sequence[Part], chance: random.Random | None) -> list[str]:
        return super().order(parts, None)

    def knows(self, parts: Sequence[Part], answer: Sequence[str]) -> bool:
        """Take any short text: what is half written is kept, and not scolded."""
        return len(answer) <= 1 and all(len(text) <= self.longest for text in answer)

    def is_answered(self, answer: Sequence[str]) -> bool:
        return any(text.strip() for text in answer)
