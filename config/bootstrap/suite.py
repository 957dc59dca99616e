"""Every check of the project, in one table: `python -m config.bootstrap.suite all`.

Other choices: fast, lint, type, browser. What cannot run here is said at the end; with
PUTOKAZ_REQUIRE_ALL=1 it is a failure.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from config.bootstrap.browser import ensure_chromium
from config.bootstrap.native import missing_packages
from config.bootstrap.pdf_tools import ensure_pdf_tools
from config.bootstrap.postgres import NoPostgres, ensure_programs, private_cluster

ROOT = Path(__file__).resolve().parents[2]
_NO_TESTS = 5  # pytest's exit code when it found none
_PYTEST = ("-m", "pytest")
_BOTH_CORES = ("-n", "auto")
_TEST = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}


@dataclass(frozen=True)
class Check:
    """One line of the table: what is run, with which part of a choice, on what it depends."""

    name: str
    command: tuple[str, ...]
    choices: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    needs: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it keeps every core busy by itself."""
        return "-n" in self.command


@dataclass(frozen=True)
class Outcome:
    name: str
    result: str  # passed, failed, not run
    seconds: float
    reason: str = ""


CHECKS = (
    # The longest of those that share the cores comes first.
    Check("slow tests", (*_PYTEST, "-m", "slow and not browser and not postgres and not pdf")),
    Check(
        "files of certificates",
        (*_PYTEST, "-m", "pdf", "tests/certificates"),
        needs="PDF tools",
    ),
    Check("format", ("-m", "ruff", "format", "--check", "."), ("lint", "fast")),
    Check("code", ("-m", "ruff", "check", "."), ("lint", "fast")),
    Check("templates", ("-m", "djlint", "--lint", "--quiet", "."), ("lint", "fast")),
    Check("import contracts", ("lint-imports",), ("lint", "fast")),
    Check("types", ("-m", "mypy"), ("type", "fast")),
    Check(
        "migrations",
        ("manage.py", "makemigrations", "--check", "--dry-run"),
        ("fast",),
        environment=_TEST,
    ),
    Check("production settings", ("-m", "config.bootstrap.deployed"), ("fast",)),
    Check("a migrated SQLite", ("-m", "tests.prepared"), ("fast",), environment=_TEST),
    Check("a migrated PostgreSQL", ("-m", "tests.prepared"), environment=_TEST, needs="PostgreSQL"),
    Check("long tests", (*_PYTEST, "-m", "long and not slow")),
    Check(
        "tests on SQLite",
        (*_PYTEST, *_BOTH_CORES, "-m", "not browser and not postgres and not slow and not long"),
        ("fast",),
    ),
    Check(
        "tests on PostgreSQL",
        (*_PYTEST, *_BOTH_CORES, "-m", "not browser and not slow and not alone"),
        needs="PostgreSQL",
    ),
    Check(
        "feed on PostgreSQL",
        (*_PYTEST, "-n", "0", "-m", "alone", "tests/lrs", "tests/reports"),
        needs="PostgreSQL",
    ),
    Check(
        "browser tests",
        (*_PYTEST, *_BOTH_CORES, "-m", "browser", "tests/e2e"),
        ("browser",),
        needs="Chromium",
    ),
)


def chosen(choice: str) -> list[Check]:
    """Return the checks of a choice."""
    return [check for check in CHECKS if choice == "all" or choice in check.choices]


def run(checks: list[Check], *, root: Path, require_all: bool) -> int:
    """Run checks, print the table; return 0 only if all is well.

    Those of one core run side by side, those that take every core alone and after them.
    """
    narrow = [check for check in checks if not check.is_wide]
    wide = [check for check in checks if check.is_wide]
    with (
        _provided({check.needs for check in checks}, root) as provided,
        ThreadPoolExecutor(os.cpu_count() or 1) as lanes,
    ):
        outcomes = list(lanes.map(lambda check: _run_aside(check, provided, root), narrow))
        outcomes += [_run(check, provided, root) for check in wide]
    _print_missing_libraries()
    return report(outcomes, require_all=require_all)


def report(outcomes: list[Outcome], *, require_all: bool) -> int:
    """Print what passed, what failed and what did not run; return the exit code."""
    print("\n" + "─" * 64)
    for outcome in outcomes:
        mark = {"passed": "✓", "failed": "✗", "not run": "!"}[outcome.result]
        print(f" {mark} {outcome.name:<22}{outcome.result:<9}{outcome.seconds:6.1f} s", end="")
        print(f"  {outcome.reason}" if outcome.reason else "")
    count = {r: sum(o.result == r for o in outcomes) for r in ("passed", "failed", "not run")}
    missing = count["not run"] if require_all else 0
    if count["not run"]:
        verb = "HAD TO RUN AND DID NOT" if require_all else "DID NOT RUN"
        print(f"\n !! {count['not run']} of {len(outcomes)} {verb}: see the lines marked !")
    print(f"\nchecks: {count['passed']} passed, {count['failed'] + missing} failed", end="")
    print(f", {count['not run'] - missing} skipped")
    return int(count["failed"] + missing > 0)


@contextlib.contextmanager
def _provided(needs: set[str], root: Path) -> Iterator[dict[str, dict[str, str] | str]]:
    """Bring what the checks need: per need its environment, or the reason why it is not here."""
    provided: dict[str, dict[str, str] | str] = {"": {}}
    with contextlib.ExitStack() as stack:
        if "Chromium" in needs:
            provided["Chromium"] = _chromium(root)
        if "PDF tools" in needs:
            provided["PDF tools"] = ensure_pdf_tools(root) or {}
        if "PostgreSQL" in needs:
            try:
                url = stack.enter_context(private_cluster(ensure_programs(root)))
                provided["PostgreSQL"] = {"DATABASE_URL": url}
            except NoPostgres as error:
                provided["PostgreSQL"] = str(error)
        yield provided


def _chromium(root: Path) -> dict[str, str] | str:
    path = ensure_chromium(root / "var" / "tools" / "browsers")
    return {"PUTOKAZ_CHROMIUM": path} if path else "no Chromium: apt-get install chromium"


def _run(check: Check, provided: dict[str, dict[str, str] | str], root: Path) -> Outcome:
    """Run a check and let it print."""
    print(_heading(check), flush=True)
    return _outcome(check, provided, root, output=None)


def _run_aside(check: Check, provided: dict[str, dict[str, str] | str], root: Path) -> Outcome:
    """Run a check beside others: what it prints is shown in one piece when it is done."""
    with tempfile.TemporaryFile() as output:
        outcome = _outcome(check, provided, root, output=output)
        output.seek(0)
        said = output.read().decode(errors="replace")
    print(f"{_heading(check)}\n{said}", end="", flush=True)
    return outcome


def _outcome(
    check: Check,
    provided: dict[str, dict[str, str] | str],
    root: Path,
    *,
    output: IO[bytes] | None,
) -> Outcome:
    extra = provided[check.needs]
    if isinstance(extra, str):
        return Outcome(check.name, "not run", 0, extra)
    environment = os.environ | check.environment | extra
    begun = time.monotonic()
    code = subprocess.run(
        _words(check), cwd=root, env=environment, stdout=output, stderr=output
    ).returncode
    seconds = time.monotonic() - begun
    if code == _NO_TESTS and _PYTEST[1] in check.command:
        return Outcome(check.name, "not run", seconds, "there are no such tests")
    return Outcome(check.name, "failed" if code else "passed", seconds)


def _heading(check: Check) -> str:
    return f"\n── {check.name} " + "─" * (60 - len(check.name))


def _words(check: Check) -> list[str]:
    """A command of the environment's Python, or one of its programs."""
    if check.command[0] in ("-m", "manage.py"):
        return [sys.executable, *check.command]
    return [str(Path(sys.executable).with_name(check.command[0])), *check.command[1:]]


def _print_missing_libraries() -> None:
    if missing := missing_packages():
        print(f"\n !! Tests of certificates may not have run: {', '.join(missing)} missing")


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)  # unwinds, so that the private PostgreSQL stops too


def main(words: list[str]) -> int:
    signal.signal(signal.SIGTERM, _leave)
    required = os.environ.get("PUTOKAZ_REQUIRE_ALL", "") not in ("", "0")
    return run(chosen(words[0] if words else "all"), root=ROOT, require_all=required)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
