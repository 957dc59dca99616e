"""The clients that come from npm: installed by their lock file, once, below var/."""

import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from config.bootstrap.stamps import fingerprint
from config.bootstrap.trust import trusting_environment

ROOT = Path(__file__).resolve().parents[3]
_HERE = Path(__file__).parent
_BIN = ROOT / ".venv" / "bin"


def installed() -> Path:
    """Return the folder with the packages of the lock file; installs them where they are not.

    Raises CalledProcessError when npm cannot do it.
    """
    locked = [_HERE / name for name in ("package.json", "package-lock.json")]
    kept = ROOT / "var" / "npm-clients"
    kept.mkdir(parents=True, exist_ok=True)
    folder = kept / fingerprint(locked)[:16]
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _install(locked, folder.with_suffix(".unfinished")).rename(folder)
    return folder


def _install(locked: list[Path], folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in locked:
        shutil.copyfile(file, folder / file.name)
    environment = trusting_environment()
    environment["PATH"] = f"{_BIN}:{environment.get('PATH', '')}"
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run([_BIN / "npm", *words], cwd=folder, check=True, env=environment)
    return folder


def run(script: str, packages: Path, **told: str) -> dict[str, Any]:
    """Run one of the scripts beside this file; return what it printed."""
    done = subprocess.run(
        [_BIN / "node", _HERE / script],
        env=os.environ | {"PACKAGES": str(packages)} | told,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))
