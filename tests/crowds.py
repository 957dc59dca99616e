"""Many who act in the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

CROWD = 6


def all_at_once(act: Callable[[int], Any], crowd: int = CROWD) -> list[Any]:
    """Let a crowd act in the same moment; return what each got, also what was raised."""
    barrier = Barrier(crowd)

    def one(number: int) -> Any:
        try:
            barrier.wait()
            return act(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(crowd) as threads:
        return list(threads.map(one, range(crowd)))
