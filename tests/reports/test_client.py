"""The example client, killed at random while much happens, ends with the server's rows."""

import ast
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from config.bootstrap.postgres import find_programs, private_cluster
from lrs.rebuilding import differences
from tests.lrs.store import Store, on_postgresql, on_sqlite
from tests.reports.happenings import RUN, TOKEN, Maker, prepare

CLIENT = Path(settings.BASE_DIR) / "docs" / "examples" / "completions_client.py"
SEED = 6


class Doomed:
    """The example client with its copy: run, killed, run again."""

    def __init__(self, site: str, copy: Path) -> None:
        self.copy = copy
        self.kills = 0
        self.command = [sys.executable, str(CLIENT), site, str(copy)]
        self.environment = os.environ | {"PUTOKAZ_TOKEN": TOKEN}

    def run(self) -> None:
        """Let it come to its end."""
        done = subprocess.run(self.command, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def run_for(self, seconds: float) -> None:
        """Let it run so long, then kill it, if it has not ended."""
        process = subprocess.Popen(self.command, env=self.environment, stderr=subprocess.PIPE)
        try:
            _, said = process.communicate(timeout=seconds)
            assert process.returncode == 0, said.decode()
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self.kills += 1

    def compared(self) -> set[str]:
        """Let the copy be compared and repaired; return the days that differed."""
        command = [sys.executable, str(CLIENT.with_name("completions_compare.py"))]
        done = subprocess.run(
            [*command, *self.command[2:]], env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return set(ast.literal_eval(done.stdout.partition(":")[2].strip()))

    @property
    def rows(self) -> dict[str, Any]:
        """What the copy holds, without tombstones."""
        with sqlite3.connect(self.copy) as copy:
            found = copy.execute("SELECT enrolment, row FROM completion WHERE row IS NOT NULL")
            return {key: json.loads(row) for key, row in found}

    @property
    def tombstones(self) -> int:
        with sqlite3.connect(self.copy) as copy:
            return int(
                copy.execute("SELECT count(*) FROM completion WHERE row IS NULL").fetchone()[0]
            )


def server_rows(fetch: Callable[[str], Any]) -> dict[str, Any]:
    """Return the rows of the report, which comes by another way than the feed."""
    found: dict[str, Any] = {}
    while True:
        page = fetch(f"/api/v1/completions?limit=1000&offset={len(found)}")["rows"]
        found |= {row["enrolment"]: row for row in page}
        if not page:
            return found


def spoil(copy: Path) -> set[str]:
    """Lose a row, keep one that is gone, and have another say something else; return the days."""
    with sqlite3.connect(copy) as database:
        found = database.execute("SELECT enrolment, row FROM completion WHERE row IS NOT NULL")
        rows = [(key, json.loads(row)) for key, row in found.fetchall()]
        lost, other = rows[0], rows[-1]
        database.execute("DELETE FROM completion WHERE enrolment = ?", [lost[0]])
        wrong = json.dumps(other[1] | {"status": "withdrawn"})
        database.execute("UPDATE completion SET row = ? WHERE enrolment = ?", [wrong, other[0]])
        stale = json.dumps(lost[1] | {"enrolled_at": "2020-01-01T10:00:00Z"})
        database.execute("INSERT INTO completion VALUES (?, 'new', ?)", [str(uuid4()), stale])
    return {lost[1]["enrolled_at"][:10], other[1]["enrolled_at"][:10], "2020-01-01"}


@pytest.mark.alone
@pytest.mark.usefixtures("_put_back", "transactional_db")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_copy_that_was_spoilt_is_repaired_where_it_differs(
    live_server: Any, client: Client, tmp_path: Path
) -> None:
    prepare()
    for seed in (1, 2):
        Maker(seed).happen(25)
    doomed = Doomed(live_server.url, tmp_path / "copy.sqlite3")
    doomed.run()
    headers = {"authorization": f"Bearer {TOKEN}"}
    server = server_rows(lambda address: client.get(address, headers=headers).json())
    assert doomed.compared() == set()
    days = spoil(doomed.copy)
    assert doomed.rows != server
    assert doomed.compared() == days
    assert doomed.rows == server
    assert doomed.compared() == set()


@pytest.mark.alone
@pytest.mark.usefixtures("_put_back", "transactional_db")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_client_that_is_killed_now_and_then_ends_with_the_servers_rows(
    live_server: Any, client: Client, tmp_path: Path
) -> None:
    prepare()
    chance, makers = random.Random(SEED), [Maker(1), Maker(2)]
    doomed = Doomed(live_server.url, tmp_path / "copy.sqlite3")
    for _ in range(6):
        for maker in makers:
            maker.happen(25)
        doomed.run_for(chance.uniform(0.05, 0.6))
    doomed.run()  # however slow the machine: there is something to be taken back
    for maker in makers:
        maker.happen(75)
    doomed.run()
    headers = {"authorization": f"Bearer {TOKEN}"}

    def server() -> dict[str, Any]:
        return server_rows(lambda address: client.get(address, headers=headers).json())

    assert doomed.rows == server() != {}
    assert doomed.tombstones
    doomed.run()  # there is nothing new, and the site says only that
    assert doomed.rows == server()
    call_command("begin_epoch")
    makers[0].happen(20)
    doomed.run()
    assert doomed.rows == server()
    assert differences() == []


# --- the same at length, beside a server and writers of their own -----------------------------

KILLS = int(os.environ.get("PUTOKAZ_FEED_KILLS", "50"))
EVENTS = int(os.environ.get("PUTOKAZ_FEED_EVENTS", "20000"))
WRITERS = 2


@pytest.fixture
def on_file(migrated: Path, tmp_path: Path) -> Iterator[Store]:
    """A running site on SQLite."""
    site = on_sqlite(tmp_path, migrated)
    with _running(site):
        yield site


@pytest.fixture
def on_cluster(tmp_path: Path) -> Iterator[Store]:
    """A running site on PostgreSQL, in a database of its own."""
    with ExitStack() as stack:
        url = os.environ.get("DATABASE_URL", "")
        if not url.startswith("postgres"):
            programs = find_programs()
            assert programs, "this story runs only beside a PostgreSQL"
            url = stack.enter_context(private_cluster(programs))
        site = on_postgresql(tmp_path, url)
        stack.enter_context(_running(site))
        yield site


def _running(site: Store) -> ExitStack:
    stack = ExitStack()
    stack.callback(site.stop)
    _in_process(site, "prepare").wait()
    site.start()
    return stack


def _in_process(site: Store, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, *words]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=site.environment)


@pytest.mark.slow
def test_fifty_kills_and_twenty_thousand_events_on_sqlite(on_file: Store, tmp_path: Path) -> None:
    _survives(on_file, tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not find_programs(), reason="there are no programs of PostgreSQL")
def test_fifty_kills_and_twenty_thousand_events_on_postgresql(
    on_cluster: Store, tmp_path: Path
) -> None:
    _survives(on_cluster, tmp_path)


def _survives(site: Store, folder: Path) -> None:
    chance = random.Random(SEED)
    address = site.url.removesuffix("/xapi/")
    doomed = Doomed(address, folder / "copy.sqlite3")
    writers = [_in_process(site, str(n), str(EVENTS // WRITERS)) for n in range(WRITERS)]
    while doomed.kills < KILLS or any(writer.poll() is None for writer in writers):
        if doomed.kills < KILLS:
            doomed.run_for(chance.uniform(0.05, 1.0))
        else:
            time.sleep(0.2)
    assert [writer.wait() for writer in writers] == [0] * WRITERS
    doomed.run()
    server = server_rows(lambda path: _fetch(address + path))
    assert len(server) > EVENTS / 50
    assert doomed.rows == server
    assert doomed.tombstones
    # The story makes no sheets, so that the whole check would complain.
    assert _in_process(site, "compare").wait() == 0


def _fetch(address: str) -> Any:
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)
