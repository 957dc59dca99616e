"""Why an item cannot be taken, or cannot be written."""

from typing import Any


class NotTaken(Exception):
    """`reason` is said to whoever imports or exports, in their language."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason
