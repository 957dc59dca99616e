"""A site as it runs in life: granian, the task worker, SQLite on the disk. Nothing is shared."""

import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
BROKEN = "broken/"  # the address, below the language, that answers with an error (urls.py)
_PATIENCE = 60.0
_COMPILED = ROOT / "var" / "e2e" / "compiled"


class Site:
    """One site in one folder: started, stopped, killed and started again by a test."""

    def __init__(self, folder: Path, *, static: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        # Compiled once for every process of every run: a third of a start goes into compiling.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(_COMPILED)}
        self.env = (
            os.environ
            | compiled
            | {
                "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
                "PUTOKAZ_SITE_DIR": str(folder),
                "PUTOKAZ_STATIC_DIR": str(static),
                "SECRET_KEY": "only-for-tests-" + "x" * 50,
                "PORT": str(self.port),
            }
        )
        self.processes: list[subprocess.Popen[bytes]] = []
        self.sessions: dict[str, Any] = {}  # whoever has signed in, as a browser keeps them

    @property
    def facts(self) -> dict[str, Any]:
        """What the content script has written down: who is who, what is right."""
        return dict(json.loads((self.folder / "facts.json").read_text()))

    def manage(self, *args: str) -> str:
        """Run a management command against this site; return what it prints."""
        return self.run("manage.py", *args)

    def run(self, *args: str) -> str:
        """Run Python against this site; return what it prints. Raises if it fails."""
        done = subprocess.run(
            [sys.executable, *args], cwd=ROOT, env=self.env, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(args)}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Start server and worker; return once the server answers."""
        self.processes = [self._server(), self._spawn(sys.executable, "manage.py", "work")]
        self.wait()

    def wait(self) -> None:
        """Return once the server answers. Raises TimeoutError with its log if it never does."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise TimeoutError((self.folder / "log").read_text()[-3000:])

    def stop(self) -> None:
        """End server and worker as SIGTERM does."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End server and worker as a power cut does: no last word, no clean-up."""
        self._signal(signal.SIGKILL)

    def log(self) -> str:
        """Return what server and worker have printed."""
        return (self.folder / "log").read_text()

    def _server(self) -> subprocess.Popen[bytes]:
        granian = str(Path(sys.executable).with_name("granian"))
        place = ["--host", "127.0.0.1", "--port", str(self.port)]
        return self._spawn(granian, "--interface", "wsgi", *place, "config.wsgi:application")

    def _spawn(self, *command: str) -> subprocess.Popen[bytes]:
        log: IO[bytes] = (self.folder / "log").open("ab")
        # A session of its own, so that a kill reaches the children too, and nobody else.
        return subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
        )

    def _signal(self, number: signal.Signals) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, number)
        for process in self.processes:
            process.wait(timeout=20)
        self.processes = []


def build(folder: Path, *, static: Path) -> Path:
    """Prepare a folder with migrated database and content; return it."""
    folder.mkdir(parents=True)
    site = Site(folder, static=static)
    _migrate(site)
    site.run("-m", "tests.e2e.content")
    return folder


def collect(kept: Path) -> Path:
    """Return a folder with the collected files; those of an earlier run are used again."""
    static = kept / f"static-{_digest('static/**/*', 'var/vendor/**/*', 'uv.lock')}"
    if not static.exists():
        unfinished = Path(tempfile.mkdtemp(dir=kept))
        Site(unfinished, static=unfinished).manage("collectstatic", "--noinput", "-v0")
        unfinished.rename(static)
    return static


def _migrate(site: Site) -> None:
    """Migrate; half a minute of a machine's time, so an empty database is kept for next time."""
    kept = ROOT / "var" / "e2e" / f"empty-{_digest('*/migrations/*.py', 'uv.lock')}.sqlite3"
    database = site.folder / "putokaz.sqlite3"
    if kept.exists():
        shutil.copyfile(kept, database)
        return
    site.manage("migrate", "--verbosity", "0")
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    unfinished = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(database, unfinished)
    unfinished.rename(kept)


def _digest(*patterns: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        if path.is_file():
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def copy_of(prepared: Path, folder: Path, *, static: Path) -> Site:
    """Return a site of its own that starts from what was prepared."""
    shutil.copytree(prepared, folder)
    return Site(folder, static=static)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
