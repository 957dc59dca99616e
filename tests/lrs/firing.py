"""Clients that send overlapping batches until each is acknowledged, whatever is cut meanwhile."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.lrs.store import Store

CROWD = 8
_OWN, _SHARED = 5, 5
_PLACES = 7
VERBS = [f"https://example.org/verbs/{name}" for name in ("opened", "read", "left")]
ACTIVITIES = [f"https://example.org/lessons/{number}" for number in range(_PLACES)]
ACTORS = [f"mailto:learner{number}@example.org" for number in range(CROWD)]
_CONFLICT_EVERY = 10
_PAUSE = 0.05
_ROUND = 0.05


def statement(owner: str, number: int) -> dict[str, Any]:
    """Return the statement with this number, the same whoever sends it and whenever."""
    id_ = str(uuid5(NAMESPACE_URL, f"{owner}/{number}"))
    chance = random.Random(id_)
    return {
        "id": id_,
        "actor": {"mbox": chance.choice(ACTORS)},
        "verb": {"id": chance.choice(VERBS)},
        "object": {"id": chance.choice(ACTIVITIES)},
        "context": {"registration": str(uuid5(NAMESPACE_URL, owner))},
        "timestamp": "2026-11-25T09:00:00Z",
    }


@dataclass
class Fire:
    """What eight clients sent, and what the store told them."""

    store: Store
    until: float
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    said: Counter[int] = field(default_factory=Counter)
    cuts: int = 0
    raised: list[BaseException] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self) -> list[threading.Thread]:
        """Let all clients begin; return their threads."""
        clients = [threading.Thread(target=self._client, args=[n]) for n in range(CROWD)]
        for client in clients:
            client.start()
        return clients

    def _client(self, number: int) -> None:
        """Send batches: half are one's own, half all clients send at about the same moment."""
        connection = http.client.HTTPConnection("127.0.0.1", self.store.port, timeout=60)
        own, turn = f"client {number}", 0
        try:
            while time.monotonic() < self.until:
                batch = [statement(own, turn * _OWN + k) for k in range(_OWN)]
                round_ = int(time.monotonic() / _ROUND)
                batch += [statement("all", round_ * _SHARED + k) for k in range(_SHARED)]
                if number % 2:
                    batch.reverse()  # half of them take the same ids in opposite order
                assert self._insist(connection, batch) == 200
                self._note(batch)
                turn += 1
                if turn % _CONFLICT_EVERY == 0:
                    other = batch[0] | {"verb": {"id": VERBS[0] + "-not"}}
                    fresh = statement(f"never {number}", turn)
                    assert self._insist(connection, [fresh, other]) == 409
        except BaseException as error:  # shown by the story, not lost in a thread
            self.raised.append(error)
        finally:
            connection.close()

    def _note(self, batch: list[dict[str, Any]]) -> None:
        with self._lock:
            self.acknowledged |= {each["id"] for each in batch}
            self.sent |= {each["id"]: each for each in batch}

    def _insist(self, connection: http.client.HTTPConnection, batch: list[dict[str, Any]]) -> int:
        """Send a batch until it is answered; return the status."""
        body = json.dumps(batch)
        while True:
            try:
                connection.request("POST", "/xapi/statements", body, self.store.headers)
                answer = connection.getresponse()
                text = answer.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                with self._lock:
                    self.cuts += 1
                time.sleep(_PAUSE)
                continue
            with self._lock:
                self.said[answer.status] += 1
            assert answer.status in (200, 409), text
            return answer.status
