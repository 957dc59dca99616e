"""The store under fire: eight clients write, a worker is killed, then the whole server.

`PUTOKAZ_FIRE_SECONDS=60` lets them write for a minute; by default it is a fifth of that.
"""

import http.client
import json
import logging
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import pytest

from config.bootstrap.postgres import find_programs, private_cluster
from tests.lrs.firing import ACTIVITIES, ACTORS, VERBS, Fire
from tests.lrs.readers import Reader, of_postgresql, of_sqlite
from tests.lrs.store import Store, on_postgresql, on_sqlite

logger = logging.getLogger(__name__)  # --log-cli-level=INFO shows the figures
SECONDS = float(os.environ.get("PUTOKAZ_FIRE_SECONDS", "12"))
SEED = 31


@pytest.fixture
def on_file(migrated: Path, tmp_path: Path) -> Iterator[Store]:
    """A running store on SQLite."""
    store = on_sqlite(tmp_path, migrated)
    store.let_in()
    store.start()
    yield store
    store.stop()


@pytest.fixture
def on_cluster(tmp_path: Path) -> Iterator[Store]:
    """A running store on PostgreSQL, in a database of its own."""
    with ExitStack() as stack:
        url = os.environ.get("DATABASE_URL", "")
        if not url.startswith("postgres"):
            programs = find_programs()
            assert programs, "this story runs only beside a PostgreSQL"
            url = stack.enter_context(private_cluster(programs))
        store = on_postgresql(tmp_path, url)
        stack.callback(store.stop)
        store.let_in()
        store.start()
        yield store


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_on_sqlite(on_file: Store) -> None:
    _survives(on_file, of_sqlite(on_file.folder / "store.sqlite3"))


@pytest.mark.postgres
def test_nothing_acknowledged_is_lost_on_postgresql(on_cluster: Store) -> None:
    _survives(on_cluster, of_postgresql(on_cluster.environment["DATABASE_URL"]))


def _survives(store: Store, reader: Reader) -> None:
    reader.start()
    fire = Fire(store, until=time.monotonic() + SECONDS)
    try:
        _rage(fire)
    finally:
        reader.finish(len(fire.acknowledged))
    ids = {UUID(id_) for id_ in fire.acknowledged}
    logger.info("%s, %d statements, %d requests cut", fire.said, len(ids), fire.cuts)
    assert fire.raised == []
    assert set(fire.said) == {200, 409}
    assert fire.cuts > 0
    assert len(reader.seen) == len(set(reader.seen)), "the feed told something twice"
    assert set(reader.seen) == ids
    _every_filter_finds_all(fire)
    assert "0 differences" in store.manage("rebuild_projections", "--check")


def _rage(fire: Fire) -> None:
    """Let eight clients write; kill a worker on the way, then the server, and start it again."""
    clients = fire.open()
    time.sleep(SECONDS / 3)
    os.kill(random.Random(SEED).choice(fire.store.workers()), signal.SIGKILL)
    time.sleep(SECONDS / 3)
    fire.store.cut()
    fire.store.start()
    for client in clients:
        client.join()


def _every_filter_finds_all(fire: Fire) -> None:
    """Ask by each verb, activity, agent and registration: what mentions it is found, no more."""
    sent = fire.sent.values()
    for verb in VERBS:
        wanted = {s["id"] for s in sent if s["verb"]["id"] == verb}
        assert _found(fire.store, verb=verb) == wanted
    for activity in ACTIVITIES:
        wanted = {s["id"] for s in sent if s["object"]["id"] == activity}
        assert _found(fire.store, activity=activity) == wanted
    for actor in ACTORS:
        wanted = {s["id"] for s in sent if s["actor"]["mbox"] == actor}
        assert _found(fire.store, agent=json.dumps({"mbox": actor})) == wanted
    for registration in {s["context"]["registration"] for s in sent}:
        wanted = {s["id"] for s in sent if s["context"]["registration"] == registration}
        assert _found(fire.store, registration=registration) == wanted
    assert _found(fire.store) == set(fire.sent)


def _found(store: Store, **filters: str) -> set[str]:
    """Return the ids of all statements that a filter finds, page by page, none of them twice."""
    found: list[str] = []
    more = "/xapi/statements?" + urlencode(filters | {"limit": "500"})
    connection = http.client.HTTPConnection("127.0.0.1", store.port, timeout=60)
    while more:
        connection.request("GET", more, headers=store.headers)
        page = json.loads(connection.getresponse().read())
        found += [each["id"] for each in page["statements"]]
        more = page["more"]
    connection.close()
    assert len(found) == len(set(found))
    return set(found)
