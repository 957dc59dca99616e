"""What is left of a request that is refused before it was read."""

import time
from typing import Protocol

_LONGEST = 2.0  # seconds
_PIECE = 64 * 1024


class Source(Protocol):
    """Whatever a body is read from."""

    def read(self, size: int, /) -> bytes: ...


def read_on(source: Source, most: int) -> None:
    """Take in what is still being sent, up to so many bytes, and keep nothing of it.

    Otherwise the connection could only be cut, and the answer would be lost. Nobody waits long for
    what comes slowly.
    """
    until = time.monotonic() + _LONGEST
    for _ in range(most // _PIECE + 1):
        if not source.read(_PIECE) or time.monotonic() > until:
            break
