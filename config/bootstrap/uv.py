"""Finds `uv`, or fetches it into var/tools: never into the machine's own Python.

A bare Debian 12 has a Python without pip, ensurepip or venv, which also refuses to be installed
into; the package index and an unzip are enough.
"""

import io
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from config.bootstrap.package_index import Release, download, index_url, releases

VERSION = "0.13.9"
_OLDEST = (0, 9)


class NoUv(Exception):
    """uv is not on this machine and could not be fetched."""


def find_uv(tools: Path) -> Path:
    """Return a usable uv: the machine's own, or one in `tools`, fetched there if need be.

    Raises NoUv with what a person can do.
    """
    own = shutil.which("uv")
    if own and is_recent(_said_version(own)):
        return Path(own)
    kept = tools / "uv"
    if not kept.exists() or not is_recent(_said_version(str(kept))):
        _fetch(kept)
    return kept


def is_recent(said: str) -> bool:
    """Say whether `uv --version` names a version that reads our lock file."""
    numbers = re.match(r"uv (\d+)\.(\d+)", said)
    return numbers is not None and (int(numbers[1]), int(numbers[2])) >= _OLDEST


def choose(files: list[Release], tags: tuple[str, str]) -> Release:
    """Return our version for this platform, or the newest there is. Raises NoUv."""
    fitting = {
        match[1]: file
        for file in files
        if (match := re.fullmatch(r"uv-(\d+\.\d+\.\d+)-py3-none-(.+)\.whl", file.filename))
        and all(tag in match[2] for tag in tags)
    }
    if not fitting:
        raise NoUv(f"The package index has no uv for {' '.join(tags)}.")
    newest = max(fitting, key=lambda version: tuple(map(int, version.split("."))))
    return fitting.get(VERSION) or fitting[newest]


def platform_tags() -> tuple[str, str]:
    """Return the words that a wheel for this machine has in its name."""
    machine = platform.machine().lower()
    if sys.platform == "darwin":
        return "macosx", machine
    return "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux", machine


def _said_version(program: str) -> str:
    try:
        return subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return ""


def _fetch(target: Path) -> None:
    print("Fetching uv …", flush=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(target, _from_index())
    except (OSError, ValueError) as error:
        if not _from_pip(target):
            raise NoUv(_advice(error)) from error


def _from_index() -> bytes:
    wheel = download(choose(releases("uv", index_url()), platform_tags()))
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".data/scripts/uv"))
        return archive.read(name)


def _write(target: Path, content: bytes) -> None:
    part = target.with_suffix(".part")
    part.write_bytes(content)
    part.chmod(0o755)
    part.replace(target)


def _from_pip(target: Path) -> bool:
    """Let pip try, which knows proxies and certificates of its own; False without pip."""
    folder = target.parent / "pip"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), "uv"]
    if subprocess.run(command, capture_output=True).returncode:
        return False
    _write(target, (folder / "bin/uv").read_bytes())
    shutil.rmtree(folder)
    return True


def _advice(error: Exception) -> str:
    index = re.sub(r"//[^@/]*@", "//", index_url())
    hint = "Install uv by hand (docs.astral.sh/uv) or set PIP_INDEX_URL to your index."
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        hint = "Install this machine's certificates (apt-get install ca-certificates)."
    return f"uv could not be fetched from {index}: {error}\n{hint}"
