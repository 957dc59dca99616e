"""Serves the site: the web server and the task worker, watched by a small supervisor.

`python -m config.bootstrap.serve` runs until SIGINT, SIGTERM or SIGHUP. A child that dies is
started again after a growing pause; when the supervisor stops, however it stops, so do they.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from config.bootstrap.supervisor import Child, Supervisor
from config.gate import THREADS

ROOT = Path(__file__).resolve().parents[2]


def web_server(*, python: str, host: str, port: int, workers: int) -> list[str]:
    """Return the command of the web server."""
    words = {
        "interface": "wsgi",
        "host": host,
        "port": str(port),
        "workers": str(workers),
        "blocking-threads": str(THREADS),
        # Its warnings are about its many threads, which `config.gate` wants; failures are errors.
        "log-level": "error",
        "workers-kill-timeout": "5",
        "respawn-interval": "0.2",
    }
    options = [word for name, value in words.items() for word in (f"--{name}", value)]
    flags = ["--no-ws", "--respawn-failed-workers"]
    return [python, "-m", "granian", *options, *flags, "config.wsgi:application"]


def is_free(host: str, port: int) -> bool:
    """Say whether nobody listens at an address yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> Callable[[], bool]:
    """Return a question: does the site answer? (With what, is for /healthz to say.)"""

    def ask() -> bool:
        connection = HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    return ask


def may_start(python: str) -> bool:
    """Ask a production site's own checks; the demo has just been prepared and needs none."""
    if os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings.demo":
        return True
    words = ["manage.py", "check", "--database", "default"]
    return subprocess.run([python, *words], cwd=ROOT).returncode == 0


def main() -> int:
    host = os.environ.get("HOST", "127.0.0.1")
    port = int(os.environ.get("PORT", "8000"))
    workers = int(os.environ.get("WEB_WORKERS", "0")) or min(os.cpu_count() or 1, 4)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    os.environ["PORT"] = str(port)
    if not is_free(host, port):
        print(f"Port {port} is taken. Choose another: PORT={port + 1} make run", file=sys.stderr)
        return 1
    python = sys.executable
    if not may_start(python):
        return 1
    children = [
        Child("web", web_server(python=python, host=host, port=port, workers=workers), cwd=ROOT),
        Child("worker", [python, "manage.py", "work"], cwd=ROOT),
    ]
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host
    return Supervisor(
        children,
        is_up=answers(host, port),
        when_up=f"\nPutokaz is at http://{shown}:{port}/  (Ctrl-C stops it)\n",
    ).run()


if __name__ == "__main__":
    sys.exit(main())
