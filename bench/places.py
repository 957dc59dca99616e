"""Where a bench runs: a fresh database of either kind, and the real web server before it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.bootstrap.postgres import ensure_programs, private_cluster
from config.bootstrap.serve import answers, web_server
from config.bootstrap.site import collecting, finish_collecting

ROOT = Path(__file__).resolve().parents[1]
WORKERS = min(os.cpu_count() or 1, 4)
Environment = dict[str, str]


@contextmanager
def sqlite() -> Iterator[Environment]:
    """Yield the environment of a site on SQLite that waits for the disk at each commit."""
    with tempfile.TemporaryDirectory() as folder:
        yield _environment(f"sqlite:///{folder}/bench.sqlite3", folder)


@contextmanager
def postgresql() -> Iterator[Environment]:
    """Yield that of a site on PostgreSQL, which waits for the disk too."""
    with (
        tempfile.TemporaryDirectory() as folder,
        private_cluster(ensure_programs(ROOT), durable=True) as url,
    ):
        yield _environment(url, folder)


PLACES = (("SQLite", sqlite), ("PostgreSQL", postgresql))


def collect() -> None:
    """See to it that the site's static files are collected."""
    var = Path(os.environ.get("VAR_DIR", ROOT / "var"))
    finish_collecting(collecting(ROOT, var), ROOT, var)


@contextmanager
def serving(environment: Mapping[str, str], *, port: int) -> Iterator[int]:
    """Run the web server for the length of a with block; yield its process number."""
    command = web_server(python=sys.executable, host="127.0.0.1", port=port, workers=WORKERS)
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(port)
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int) -> None:
    """Return once the server answers. Raises TimeoutError."""
    up = answers("127.0.0.1", port)
    for _ in range(120):
        if up():
            return
        time.sleep(0.5)
    raise TimeoutError("the server did not come up")


def _environment(url: str, folder: str) -> Environment:
    return {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": url,
        "BENCH_FOLDER": folder,
        "SECRET_KEY": "only-for-the-bench-" + "x" * 50,
    }
