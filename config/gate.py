"""The gate before the site: a few requests at work, some that wait, and the rest come again.

The web server would queue without end, and nobody would learn that it is too much. So it has more
threads than can be at work: those that wait their turn hold nothing but their place, and the last
few turn away whoever finds all places taken, before anything of the request was touched.

Connections to the database belong to the places at work, not to threads. So there are no more of
them than there is work at once, however many threads take their turns.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from threading import Lock
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Per server process. More at work would only contend for the interpreter and the database.
AT_ONCE = 4
# A process takes in 64 at once, so that up to 64 clients are all served, whichever gets them.
WAITING = 60
_TURNING_AWAY = 8
THREADS = AT_ONCE + WAITING + _TURNING_AWAY

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Place:
    """A place at work, with the connections that stay with it from request to request."""

    def __init__(self) -> None:
        self._kept: dict[str, BaseDatabaseWrapper] = {}

    def occupy(self) -> None:
        """Make this place's connections those of the current thread."""
        for alias, connection in self._kept.items():
            connections[alias] = connection

    def vacate(self) -> None:
        """Take the connections back from the current thread."""
        for connection in connections.all(initialized_only=True):
            if connection.alias not in self._kept:
                connection.inc_thread_sharing()  # one thread after the other, never two at once
                self._kept[connection.alias] = connection
            del connections[connection.alias]


class Gate:
    """So many places at work, and so many may wait for one, first come, first served."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._lock = Lock()
        self._free = [Place() for _ in range(at_once)]
        self._queue: deque[SimpleQueue[Place]] = deque()
        self._longest = waiting

    def enter(self) -> Place | None:
        """Return a place, after waiting for it if need be; None if too many wait already."""
        with self._lock:
            if self._free:
                return self._free.pop()  # the one used last: what its connection knows is fresh
            if len(self._queue) >= self._longest:
                return None
            turn: SimpleQueue[Place] = SimpleQueue()
            self._queue.append(turn)
        return turn.get()

    def leave(self, place: Place) -> None:
        """Give a place to whoever waits longest."""
        with self._lock:
            if not self._queue:
                self._free.append(place)
                return
            turn = self._queue.popleft()
        turn.put(place)


def gated(site: Application, gate: Gate, turn_away: Application) -> Application:
    """Return the site behind a gate; `turn_away` answers, without waiting, who cannot get in."""

    def respond(environ: Environ, start_response: Any) -> Iterable[bytes]:
        place = gate.enter()
        if place is None:
            return turn_away(environ, start_response)
        visit = _Visit(gate, place)
        try:
            response: Any = site(environ, start_response)
        except BaseException:
            visit.end()
            raise
        if getattr(response, "streaming", True):
            return _Streamed(response, visit)
        try:
            return [response.content]
        finally:
            response.close()
            visit.end()

    return respond


class _Visit:
    """The time from getting a place to leaving it."""

    def __init__(self, gate: Gate, place: Place) -> None:
        self._gate, self._place = gate, place
        self._over = False
        place.occupy()

    def end(self) -> None:
        """Leave; leaving twice changes nothing."""
        if not self._over:
            self._over = True
            self._place.vacate()
            self._gate.leave(self._place)


class _Streamed:
    """A response that is made while it is sent: its place is taken until the server closes it."""

    def __init__(self, response: Any, visit: _Visit) -> None:
        self._response, self._visit = response, visit

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._response)

    def close(self) -> None:
        """Close the response and leave; the server calls this however the sending ended."""
        try:
            self._response.close()
        finally:
            self._visit.end()
