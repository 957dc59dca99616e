"""`make bench-quiz`: learners take a quiz at once, on SQLite and on PostgreSQL.

Fails if an acknowledged answer is lost, if a verdict is missing or doubled, if log and projection
differ, or on any error but a 503 that says when to come again. BENCH_LEARNERS=20 is a quick look.
Numbers depend on the machine: compare them with those of one learner alone, before and after.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from queue import Empty, SimpleQueue
from typing import Any

from bench.client import quantile
from bench.memory import processor_seconds
from bench.places import PLACES, ROOT, WORKERS, collect, serving
from bench.quiz.learner import Learner, Tally

PORT = 8792
LEARNERS = int(os.environ.get("BENCH_LEARNERS", "500"))
QUESTIONS = 20
CONNECTIONS = min(200, LEARNERS)
_ALONE = 100  # saves by one learner, to compare with


def main() -> int:
    collect()
    failures = 0
    for name, place in PLACES:
        with place() as environment:
            failures += _measure(name, os.environ | environment)
    return 1 if failures else 0


def _measure(name: str, environment: dict[str, str]) -> int:
    plan = _run(["-m", "bench.quiz.plan", str(LEARNERS + 1), str(QUESTIONS)], environment)
    *crowd, single = plan["learners"]
    tally = Tally()
    with serving(environment, port=PORT) as server:
        alone = Alone(plan["begin"], single["cookie"])
        before = alone.p50()
        worked = processor_seconds(server)
        seconds = _all_at_once(tally, plan["begin"], crowd)
        worked = processor_seconds(server) - worked
        after = alone.p50()
    found = _run(["-m", "bench.quiz.check"], environment, json.dumps(tally.acknowledged))
    words = [sys.executable, "manage.py", "rebuild_projections", "--check"]
    checked = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    _print(name, tally, seconds, before, after)
    print(f"the server worked for {worked:.0f} s of its {WORKERS} processors")
    saved = sum(len(answers) for answers in tally.acknowledged.values())
    print(
        f"{saved} answers acknowledged, {found['lost']} lost; {found['verdicts']} verdicts, ",
        end="",
    )
    print(f"{found['wrong']} learners without just one; {checked.stdout.strip()}", flush=True)
    for error in tally.errors[:5]:
        print(f"  {error}", file=sys.stderr)
    missing = len(crowd) * QUESTIONS - saved
    amiss = found["lost"] + found["wrong"] + len(tally.errors) + missing
    return amiss + checked.returncode


def _run(words: list[str], environment: dict[str, str], told: str = "") -> Any:
    """Run Python in a process of its own; return what its last line says in JSON."""
    command = [sys.executable, *words]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        input=told,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


class Alone:
    """One learner on an idle site, who changes one answer again and again."""

    def __init__(self, begin: str, cookie: str) -> None:
        self.tally = Tally()
        self.learner = Learner(self.tally, PORT, cookie, random.Random(0))
        self.attempt = self.learner.begins(begin)
        self.key, self.options = next(iter(self.learner.opens(self.attempt).items()))
        self.version = 0

    def p50(self) -> float:
        """Return the median of a save, in milliseconds, once the server is warm."""
        self._save(_ALONE // 2)
        self.tally.served["save"].clear()
        self._save(_ALONE)
        return quantile(self.tally.served["save"], 0.5)

    def _save(self, times: int) -> None:
        for _ in range(times):
            choice = self.options[self.version % 2]
            self.learner.saves(self.attempt, self.key, choice, self.version)
            self.version += 1


def _all_at_once(tally: Tally, begin: str, crowd: list[dict[str, str]]) -> float:
    """Let everybody take the quiz, as many at a time as there are connections; return seconds."""
    line: SimpleQueue[dict[str, str]] = SimpleQueue()
    for one in crowd:
        line.put(one)
    barrier = threading.Barrier(CONNECTIONS + 1)

    def work(number: int) -> None:
        connection = None
        barrier.wait()
        while True:
            try:
                one = line.get_nowait()
            except Empty:
                return
            learner = Learner(tally, PORT, one["cookie"], random.Random(one["registration"]))
            learner.connection = connection
            try:
                learner.takes(begin, one["registration"])
            except (RuntimeError, TimeoutError, ValueError, KeyError) as error:
                tally.errors.append(f"{error!r}")
            connection = learner.connection

    threads = [threading.Thread(target=work, args=[n], daemon=True) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _print(name: str, tally: Tally, seconds: float, before: float, after: float) -> None:
    print(
        f"\n{name}: {LEARNERS} learners, {QUESTIONS} questions, {CONNECTIONS} connections; ", end=""
    )
    print(f"{seconds:.0f} s in all; load average {os.getloadavg()[0]:.1f}")
    noise = abs(before - after) / max(before, after)
    print(f"a save alone: {before:.1f} ms before, {after:.1f} ms after: noise {noise:.0%}")
    print(f"{'ms':8}{'':>8}{'when served':^24}{'since the first try':^24}{'times alone':>12}")
    shares = (0.5, 0.95, 0.99)
    print(f"{'request':8}{'count':>8}" + f"{'p50':>8}{'p95':>8}{'p99':>8}" * 2 + f"{'p50':>12}")
    for kind, served in tally.served.items():
        figures = [quantile(taken, at) for taken in (served, tally.done[kind]) for at in shares]
        cells = "".join(f"{figure:>8.0f}" for figure in figures)
        print(f"{kind:8}{len(served):>8}{cells}{figures[0] / min(before, after):>12.0f}")
    print(f"turned away, to come again: {tally.turned_away}; errors: {len(tally.errors)}")


if __name__ == "__main__":
    sys.exit(main())
