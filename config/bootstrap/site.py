"""The demo's data: `python -m config.bootstrap.site [--fresh]`, in the environment.

One process for the data, since starting Django costs more than most of the steps, and one for
static files beside it, since compressing them takes as long as loading the demo.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.bootstrap.stamps import fingerprint, is_fresh, set_stamp

ROOT = Path(__file__).resolve().parents[2]


def migrate() -> None:
    """Bring the database up to the code; the database itself knows whether that is needed."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def collecting(root: Path, var: Path) -> "subprocess.Popen[bytes] | None":
    """Begin to collect and compress what browsers load, unless nothing of it changed."""
    made = (var / "static" / "staticfiles.json").is_file()
    if made and is_fresh(var / "tools" / ".static", static_mark(root, var)):
        return None
    print("Collecting static files …", flush=True)
    words = ["collectstatic", "--no-input", "--clear", "--ignore", "npm", "--verbosity", "0"]
    return subprocess.Popen([sys.executable, "manage.py", *words], cwd=root)


def finish_collecting(collecting: "subprocess.Popen[bytes] | None", root: Path, var: Path) -> None:
    """Wait for the static files. Raises CalledProcessError if they could not be collected."""
    if collecting is None:
        return
    if collecting.wait():
        raise subprocess.CalledProcessError(collecting.returncode, "collectstatic")
    set_stamp(var / "tools" / ".static", static_mark(root, var))


def static_mark(root: Path, var: Path) -> str:
    """Return a mark of every static file: ours by content, those of packages by the lock file."""
    own = [p for p in (root / "static").rglob("*") if p.is_file()]
    rooms = [p for p in root.glob("*/static/**/*") if p.is_file()]
    vendor = [p for p in (var / "vendor").rglob("*") if p.is_file()]
    return fingerprint([*own, *rooms, *vendor, root / "uv.lock"])


def forget(var: Path) -> None:
    """Throw the demo's data away: database, uploads, certificates and their keys, mail."""
    for file in var.glob("putokaz.sqlite3*"):
        file.unlink()
    for folder in ("media", "private", "keys", "mail"):
        shutil.rmtree(var / folder, ignore_errors=True)


def load(words: list[str]) -> int:
    """Make the database ready and fill it, or say why not."""
    if "--fresh" in words and connection.vendor != "sqlite":
        print("Only the demo's own SQLite database is thrown away, never another.")
        return 1
    if "--fresh" in words:
        forget(settings.VAR_DIR)
    migrate()
    call_command("make_keys", verbosity=0)
    call_command("make_seal_key")
    call_command("load_demo")
    call_command("demo_accounts")
    return 0


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    django.setup()
    settings.VAR_DIR.mkdir(exist_ok=True)
    statics = collecting(ROOT, settings.VAR_DIR)
    result = load(words)
    finish_collecting(statics, ROOT, settings.VAR_DIR)
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
