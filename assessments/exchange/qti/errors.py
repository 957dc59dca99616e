"""Why an item, or a whole file, is not taken."""

from typing import Any


class Unfit(Exception):
    """What cannot be taken: `reason` says why, translatable; `line` where, 0 for unknown."""

    def __init__(self, reason: Any, *, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
