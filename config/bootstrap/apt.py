"""Debian's packages, where this process may install them."""

import os
import shutil
import subprocess
from functools import cache

_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def may_install() -> bool:
    """Say whether packages can be installed: root, on a machine with apt-get."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def command(*packages: str) -> str:
    """Return what a person would type."""
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def install(*packages: str) -> bool:
    """Install packages; False when it may not be done or does not work."""
    if not may_install():
        return False
    print(f"Installing by apt-get: {' '.join(packages)} …", flush=True)
    _refresh()
    done = _run("install", "-y", "--no-install-recommends", *packages)
    if done.returncode:
        print(done.stderr.strip()[-600:])
    return done.returncode == 0


@cache
def _refresh() -> None:
    _run("update")


def _run(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["apt-get", "-q", *words], capture_output=True, text=True, env=os.environ | _QUIET
    )
