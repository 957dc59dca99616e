"""The record store as it runs in life: granian with two workers, a database of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from config.bootstrap.serve import answers, web_server
from tests import prepared

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
_PATIENCE = 60.0


class Store:
    """One server: started, cut down and started again by a test."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.port = _free_port()
        self.starts = 0
        self.pair = ("", "")
        self.headers: dict[str, str] = {}
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "DATABASE_URL": database,
            "SECRET_KEY": "only-for-tests-" + "x" * 50,
            "PORT": str(self.port),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the store is."""
        return f"http://127.0.0.1:{self.port}/xapi/"

    def manage(self, *words: str) -> str:
        """Run a management command against this store's database; return what it prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def let_in(self) -> None:
        """Make a credential that may do everything, and the headers of who has it."""
        made = json.loads(self.manage("lrs_credential", "create", "A client", "--scope", "all"))
        self.pair = made["key"], made["secret"]
        pair = b64encode(":".join(self.pair).encode()).decode()
        self.headers = {
            "Authorization": f"Basic {pair}",
            "X-Experience-API-Version": "1.0.3",
            "Content-Type": "application/json",
        }

    def start(self) -> None:
        """Start the server; return once it answers. Raises TimeoutError with its log."""
        log: IO[bytes] = (self.folder / "log").open("ab")
        command = web_server(
            python=sys.executable, host="127.0.0.1", port=self.port, workers=WORKERS
        )
        # A session of its own, so that a cut reaches the workers too, and nobody else.
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        self.starts += 1
        up, deadline = answers("127.0.0.1", self.port), time.monotonic() + _PATIENCE
        while not up():
            if time.monotonic() > deadline:
                raise TimeoutError(self.log())
            time.sleep(0.05)

    def workers(self) -> list[int]:
        """Return the processes that answer requests."""
        assert self._process
        found = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self._process.pid)],
            capture_output=True,
            text=True,
        )
        lines = [line.split(None, 1) for line in found.stdout.splitlines()]
        return [int(pid) for pid, command in lines if "resource_tracker" not in command]

    def stop(self) -> None:
        """End the server as SIGTERM does."""
        self._end(signal.SIGTERM)

    def cut(self) -> None:
        """End the server as a power cut does."""
        self._end(signal.SIGKILL)

    def log(self) -> str:
        """Return what the server has printed."""
        return (self.folder / "log").read_text()

    def _end(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, number)
            self._process.wait(timeout=20)
        self._process = None


def on_sqlite(folder: Path, migrated: Path) -> Store:
    """Return a store whose database is a copy of a migrated file."""
    shutil.copyfile(migrated, folder / "store.sqlite3")
    return Store(folder, f"sqlite:///{folder}/store.sqlite3")


def on_postgresql(folder: Path, cluster: str) -> Store:
    """Return a store with a database of its own in a cluster, whose URL names another one."""
    name = f"store_{uuid4().hex}"
    with psycopg.connect(cluster, autocommit=True) as connection:
        kept = "SELECT 1 FROM pg_database WHERE datname = %s"
        template = (
            prepared.TEMPLATE
            if connection.execute(kept, [prepared.TEMPLATE]).fetchone()
            else "template1"
        )
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    store = Store(folder, urlsplit(cluster)._replace(path=f"/{name}").geturl())
    store.manage("migrate", "--verbosity", "0")
    return store


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
