"""A supervisor for a handful of processes: restart what dies, stop everything, leave no orphan."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_TICK = 0.1
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 5.0
_STEADY_AFTER = 10.0  # a child that lived this long starts again without delay
_GRACE = 8.0
_HOPELESS = 3  # deaths before anything ever came up
_PR_SET_PDEATHSIG = 1


class Child:
    """A process in a group of its own, so that Ctrl-C reaches only the supervisor."""

    def __init__(self, name: str, command: Sequence[str], *, cwd: Path) -> None:
        self.name, self.command, self.cwd = name, list(command), cwd
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths = 0
        self.started_at = self.start_at = 0.0

    def start(self, *, now: float) -> None:
        self.started_at = now
        self.process = subprocess.Popen(
            self.command, cwd=self.cwd, start_new_session=True, preexec_fn=_die_with_parent
        )

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def bury(self, *, now: float) -> None:
        """Sweep up what the dead process left of its group, and set the time of the next start."""
        self.signal_group(signal.SIGKILL)
        steady = now - self.started_at >= _STEADY_AFTER
        self.deaths = 1 if steady else self.deaths + 1
        self.start_at = now + min(_FIRST_PAUSE * 2 ** (self.deaths - 1), _LONGEST_PAUSE)
        self.process = None

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def signal_group(self, number: int) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Keeps children running until a signal says stop."""

    def __init__(
        self, children: list[Child], *, is_up: Callable[[], bool], when_up: str = ""
    ) -> None:
        self.children, self.is_up, self.when_up = children, is_up, when_up
        self.stopping = self.came_up = self.failed = False
        self._make = _parent_make()

    def run(self) -> int:
        """Run until told to stop; return 0, or 1 if the site never came up."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup wants us to stay
            signal.signal(signal.SIGHUP, self._stop)
        try:
            while not self.stopping:
                self._tend(time.monotonic())
                time.sleep(_TICK)
        finally:
            self._end()
        return int(self.failed)

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _tend(self, now: float) -> None:
        for child in self.children:
            if child.is_dead():
                self._mourn(child, now)
            if child.process is None and now >= child.start_at:
                child.start(now=now)
        if not self.came_up and self.is_up():
            self.came_up = True
            print(self.when_up, flush=True)
        if self._make and _has_left(self._make):
            self.stopping = True

    def _mourn(self, child: Child, now: float) -> None:
        assert child.process
        code = child.process.returncode
        child.bury(now=now)
        _say(f"{child.name} ended ({code}); starting it again")
        if not self.came_up and child.deaths >= _HOPELESS:
            _say(f"{child.name} does not start: giving up")
            self.stopping = self.failed = True

    def _end(self) -> None:
        """Ask, wait a few seconds, then insist; sweep every group in the end."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + _GRACE
        for child in self.children:
            if child.process:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.0, deadline - time.monotonic()))
                child.signal_group(signal.SIGKILL)
                child.process.wait()


def _die_with_parent() -> None:
    """On Linux a child gets SIGTERM when the supervisor is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _parent_make() -> int | None:
    """Return the process id of the `make` that started us, if one did."""
    parent = os.getppid()
    with contextlib.suppress(OSError):
        if Path(f"/proc/{parent}/comm").read_text().strip() in ("make", "gmake"):
            return parent
    return None


def _has_left(make: int) -> bool:
    """Say whether that make is gone, or was told to stop.

    On SIGINT make waits for its recipe without passing the signal on (a terminal would have sent
    it to both); it shows only in make's mask, where the signal being handled is blocked.
    """
    if os.getppid() != make:
        return True
    with contextlib.suppress(OSError, StopIteration):
        status = Path(f"/proc/{make}/status").read_text().splitlines()
        blocked = next(line.split()[1] for line in status if line.startswith("SigBlk"))
        return bool(int(blocked, 16) & 1 << (signal.SIGINT - 1))
    return False


def _say(words: str) -> None:
    print(f"[putokaz] {words}", file=sys.stderr, flush=True)
