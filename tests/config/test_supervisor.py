"""The supervisor, with real processes: what dies comes back, what is stopped is gone."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0
# A child with a child of its own, as the web server has; both write down their process ids.
PARENT = """
import os, subprocess, sys, time
own = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open("pids", "a") as file: file.write(f"{os.getpid()} {own.pid}\\n")
time.sleep(600)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""
HOPELESS = "raise SystemExit(3)"
WATCH = """
import sys
from pathlib import Path
from config.bootstrap import supervisor
supervisor._GRACE = 1.0
children = [
    supervisor.Child(f"child {n}", [sys.executable, "-c", code], cwd=Path.cwd())
    for n, code in enumerate(sys.argv[2:])
]
up = lambda: sys.argv[1] == "up"
sys.exit(supervisor.Supervisor(children, is_up=up, when_up="It is up").run())
"""


@dataclass
class Started:
    """A supervisor that runs, and what it says."""

    process: "subprocess.Popen[bytes]"
    said: Path

    def ends(self) -> tuple[int, str]:
        """Wait for its end; return its exit code and everything it said."""
        return self.process.wait(PATIENCE), self.said.read_text()


Start = Callable[..., Started]


@pytest.fixture(autouse=True)
def nothing_ignored() -> Iterator[None]:
    """Processes inherit which signals are ignored: under nohup, or behind a shell's `&`."""
    before = {
        number: signal.signal(number, handler)
        for number, handler in (
            (signal.SIGHUP, signal.SIG_DFL),
            (signal.SIGINT, signal.default_int_handler),
        )
    }
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a supervisor over children that run the given code; leave nothing behind."""
    started: list[Started] = []

    def begin(*codes: str, up: str = "up") -> Started:
        said = tmp_path / f"said-{len(started)}"
        command = [sys.executable, "-c", WATCH, up, *codes]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with said.open("wb") as output:  # a pipe would stay open as long as any grandchild
            process = subprocess.Popen(
                command, cwd=tmp_path, env=environment, stdout=output, stderr=output
            )
        started.append(Started(process, said))
        return started[-1]

    yield begin
    for one in started:
        one.process.kill()
        one.process.wait()
    for pid in re.findall(r"\d+", _content(tmp_path / "pids")):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)


def _content(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def pids(folder: Path, *, generations: int) -> list[tuple[int, int]]:
    """Wait until so many children have written down their ids and their child's."""

    def lines() -> list[str]:
        return _content(folder / "pids").splitlines()

    eventually(lambda: len(lines()) >= generations)
    return [(int(first), int(second)) for first, second in map(str.split, lines())]


def lives(pid: int) -> bool:
    """Say whether a process runs; one that only waits for its funeral does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return state.stdout.strip()[:1] not in ("", "Z")


def eventually(question: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not question():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything(start: Start, tmp_path: Path, number: int) -> None:
    supervisor = start(PARENT)
    ((child, grandchild),) = pids(tmp_path, generations=1)
    supervisor.process.send_signal(number)
    code, output = supervisor.ends()
    assert code == 0
    assert not lives(child)
    assert not lives(grandchild)
    assert "It is up" in output


def test_what_dies_is_started_again_and_leaves_nothing(start: Start, tmp_path: Path) -> None:
    supervisor = start(PARENT)
    ((first, left_behind),) = pids(tmp_path, generations=1)
    os.kill(first, signal.SIGKILL)
    second, _ = pids(tmp_path, generations=2)[1]
    assert lives(second)
    assert not lives(left_behind)
    assert supervisor.process.poll() is None


def test_the_pause_before_a_restart_grows(start: Start, tmp_path: Path) -> None:
    start(PARENT)
    begun = time.monotonic()
    for generation in range(1, 4):
        victim, _ = pids(tmp_path, generations=generation)[-1]
        os.kill(victim, signal.SIGKILL)
    pids(tmp_path, generations=4)
    assert time.monotonic() - begun > 0.25 + 0.5 + 1.0


def test_a_child_that_will_not_stop_is_stopped(start: Start, tmp_path: Path) -> None:
    supervisor = start(PARENT, STUBBORN)
    pids(tmp_path, generations=1)
    eventually(lambda: "deaf" in _content(supervisor.said))
    supervisor.process.send_signal(signal.SIGTERM)
    assert supervisor.ends()[0] == 0


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells a child of its parent's death"
)
def test_a_killed_supervisor_takes_its_children_along(start: Start, tmp_path: Path) -> None:
    supervisor = start(PARENT)
    ((child, _),) = pids(tmp_path, generations=1)
    supervisor.process.kill()
    eventually(lambda: not lives(child))


def test_a_site_that_never_comes_up_is_given_up(start: Start) -> None:
    code, output = start(HOPELESS, up="never").ends()
    assert code == 1
    assert "does not start: giving up" in output
    assert "It is up" not in output


def test_make_told_to_stop_stops_it_too(start: Start, tmp_path: Path) -> None:
    """On SIGINT alone, make waits for its recipe and does not pass the signal on."""
    if not Path("/proc").is_dir():
        pytest.skip("make's state is read from /proc")
    (tmp_path / "watch.py").write_text(WATCH)
    (tmp_path / "child.py").write_text(PARENT)
    code = 'exec(open("child.py").read())'
    (tmp_path / "Makefile").write_text(
        f"run:\n\t@exec {sys.executable} watch.py up '{code}'\n", encoding="utf-8"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    make = subprocess.Popen(["make", "run"], cwd=tmp_path, env=environment, start_new_session=True)
    ((child, _),) = pids(tmp_path, generations=1)
    make.send_signal(signal.SIGINT)
    make.wait(PATIENCE)
    eventually(lambda: not lives(child))
