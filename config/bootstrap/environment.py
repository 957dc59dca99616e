"""The Python environment in .venv: exactly what uv.lock says, and only when that changed."""

import os
import subprocess
import sys
from pathlib import Path

from config.bootstrap.package_index import index_url, is_mirror
from config.bootstrap.stamps import fingerprint, set_stamp
from config.bootstrap.trust import trusting_environment
from config.bootstrap.uv import find_uv


def sync(root: Path, *, groups: tuple[str, ...]) -> bool:
    """Bring .venv up to the lock file, with the named groups; False if it already was.

    Raises NoUv, or CalledProcessError when uv cannot do it.
    """
    stamp = root / ".venv" / ".synced"
    mark = fingerprint([root / "uv.lock", root / "pyproject.toml"])
    present = _present_groups(stamp, mark)
    if present.issuperset(groups):
        return False
    uv = find_uv(root / "var" / "tools")
    chosen = [word for group in groups for word in ("--group", group)]
    print(f"Installing Python packages ({', '.join(groups)}) …", flush=True)
    if is_mirror(index_url()):
        _install_from_mirror(uv, root, chosen)
    else:
        _uv(
            uv,
            root,
            "sync",
            "--frozen",
            "--inexact",
            "--no-default-groups",
            *chosen,
            *_python(root),
        )
    set_stamp(stamp, " ".join([mark, *sorted(present.union(groups))]))
    return True


def _present_groups(stamp: Path, mark: str) -> set[str]:
    """The groups synced for this very lock file."""
    was, *groups = stamp.read_text().split() if stamp.is_file() else [""]
    return set(groups) if was == mark else set()


def _install_from_mirror(uv: Path, root: Path, chosen: list[str]) -> None:
    """The lock file holds PyPI's addresses; a mirror has the same files under its own."""
    listed = root / "var" / "tools" / "requirements.txt"
    listed.parent.mkdir(parents=True, exist_ok=True)
    _uv(
        uv, root, "export", "--frozen", "--quiet", "--no-default-groups", *chosen, "-o", str(listed)
    )
    if not (root / ".venv" / "bin" / "python").exists():
        _uv(uv, root, "venv", "--clear", *_python(root))
    _uv(uv, root, "pip", "install", "--require-hashes", "-r", str(listed))


def _python(root: Path) -> list[str]:
    """A new environment is made with the Python that runs this; an existing one stays."""
    exists = (root / ".venv" / "bin" / "python").exists()
    return [] if exists else ["--python", sys.executable]


def _uv(uv: Path, root: Path, *words: str) -> None:
    environment = {"UV_LINK_MODE": "copy", "UV_NO_PROGRESS": "1"} | trusting_environment()
    environment.pop("VIRTUAL_ENV", None)
    environment["UV_PROJECT_ENVIRONMENT"] = str(root / ".venv")
    if is_mirror(index_url()):
        environment["UV_DEFAULT_INDEX"] = index_url()
    subprocess.run([uv, *words, "--quiet"], cwd=root, check=True, env=environment)


def venv_python(root: Path) -> str:
    """Return the environment's interpreter."""
    return os.fspath(root / ".venv" / "bin" / "python")
