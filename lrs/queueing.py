"""A line for the processes that want to write to one SQLite file.

SQLite lets one write at a time, and whoever finds it busy sleeps and looks again, longer each
time: the file would stand idle between two writes. A lock of the operating system wakes the next
one at once. It only saves time: that two never write together is SQLite's own promise.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import connection

_A_MOMENT = 0.05  # seconds: a sleeper looks again after a tenth at the latest


@contextmanager
def alone_at_the_database() -> Iterator[None]:
    """Wait for the turn of this process; on PostgreSQL, where all write at once, for nobody.

    One thread of a process at a time may ask.
    """
    line = _line(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None
    if line is None:
        yield
        return
    fcntl.flock(line, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(line, fcntl.LOCK_UN)


def give_way() -> None:
    """Let others write: call it between the transactions of long work.

    Whoever writes one transaction after the other leaves no moment in which a sleeper looks: on
    SQLite a click waited for the whole of it. On PostgreSQL nobody waits.
    """
    if connection.vendor == "sqlite" and _line(str(connection.settings_dict["NAME"])) is not None:
        time.sleep(_A_MOMENT)


@cache
def _line(name: str) -> int | None:
    """Return an open file beside the database; None for a database that is not a file."""
    if not os.path.isfile(name):
        return None
    return os.open(f"{name}-line", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
