"""More clients than the store takes in: it says so, and nothing unacknowledged is there."""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.lrs.store import Store, on_sqlite

pytestmark = pytest.mark.slow

SECONDS = 3.0
BATCH = 5


@pytest.fixture(scope="module")
def store(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A running store; each crowd learns a lesson of its own."""
    running = on_sqlite(tmp_path_factory.mktemp("store"), migrated)
    running.let_in()
    running.start()
    yield running
    running.stop()


class Crowd:
    """Clients that all send at once, over connections of their own."""

    def __init__(self, store: Store, size: int, *, patient: bool) -> None:
        self.store, self.patient = store, patient
        self.lesson = f"https://example.org/lessons/{uuid4()}"
        self.said: Counter[int] = Counter()
        self.acknowledged: set[str] = set()
        self.refused: set[str] = set()
        self.amiss: list[object] = []
        self._lock = threading.Lock()
        self._until = time.monotonic() + SECONDS
        clients = [threading.Thread(target=self._client) for _ in range(size)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def _client(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.store.port, timeout=60)
        try:
            while time.monotonic() < self._until:
                self._send(connection)
        except BaseException as error:  # shown by the story, not lost in a thread
            self.amiss.append(error)
        finally:
            connection.close()

    def _send(self, connection: http.client.HTTPConnection) -> None:
        batch = [_statement(self.lesson) for _ in range(BATCH)]
        connection.request("POST", "/xapi/statements", json.dumps(batch), self.store.headers)
        answer = connection.getresponse()
        body = answer.read()
        ids = {str(each["id"]) for each in batch}
        with self._lock:
            self.said[answer.status] += 1
            (self.acknowledged if answer.status == 200 else self.refused).update(ids)
            if answer.status == 503 and not (answer.headers["Retry-After"] and b"error" in body):
                self.amiss.append((dict(answer.headers), body))
        if answer.status == 503 and self.patient:
            time.sleep(int(answer.headers["Retry-After"]))


def _statement(lesson: str) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "actor": {"mbox": "mailto:learner@example.org"},
        "verb": {"id": "https://example.org/verbs/read"},
        # Longer than what a server reads along with the head of a request.
        "object": {"id": lesson, "definition": {"description": {"en": "a lesson " * 2000}}},
    }


def _stored(crowd: Crowd) -> set[str]:
    """Return the ids of all statements about a crowd's lesson, page by page."""
    found: set[str] = set()
    more = f"/xapi/statements?activity={crowd.lesson}&limit=500&format=ids"
    connection = http.client.HTTPConnection("127.0.0.1", crowd.store.port, timeout=60)
    while more:
        connection.request("GET", more, headers=crowd.store.headers)
        page = json.loads(connection.getresponse().read())
        found |= {each["id"] for each in page["statements"]}
        more = page["more"]
    connection.close()
    return found


def test_sixty_four_at_once_are_all_served(store: Store) -> None:
    crowd = Crowd(store, 64, patient=False)
    assert crowd.amiss == []
    assert set(crowd.said) == {200}
    assert _stored(crowd) == crowd.acknowledged


@pytest.mark.parametrize("patient", [True, False], ids=["patient", "impatient"])
def test_two_hundred_at_once_are_served_or_told_to_come_again(store: Store, patient: bool) -> None:
    crowd = Crowd(store, 200, patient=patient)
    assert crowd.amiss == []
    assert set(crowd.said) == {200, 503}
    stored = _stored(crowd)
    assert stored == crowd.acknowledged
    assert not stored & crowd.refused
