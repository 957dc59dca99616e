"""`make bench-store`: the record store over HTTP on SQLite and PostgreSQL, one table each.

Both databases wait for the disk at each commit, as on a real site. Numbers depend on the machine:
compare them with the ceiling, what the bare database took of the same text in the same run.
BENCH_SIZES=10000,100000,1000000 shows how latency grows with the log.
"""

import json
import os
import subprocess
import sys
from typing import Any

from bench.memory import resident
from bench.places import PLACES, ROOT, serving
from bench.store.load import load
from bench.store.statements import kinds

PORT = 8791
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "100000").split(",")]
_SECONDS = 4.0
# So many requests are made beforehand for each connection: more than can be answered in time.
_MOST = {"POST one": 6000, "POST 50": 600, "POST 100": 350}


def main() -> int:
    failures = 0
    for name, place in PLACES:
        with place() as environment:
            for size in SIZES:
                failures += _measure(name, size, os.environ | environment)
    return 1 if failures else 0


def _measure(name: str, size: int, environment: dict[str, str]) -> int:
    words = [sys.executable, "-m", "bench.store.plan", str(size)]
    said = subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    plan = json.loads(said.stdout.splitlines()[-1])
    with serving(environment, port=PORT) as server:
        rows = _rows(plan)
        memory = resident(server)
    _print(name, plan, rows, memory)
    return sum(row["failures"] for row in rows)


def _rows(plan: dict[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for kind, (size, make) in kinds(plan).items():
        most = _MOST.get(kind, 8000)
        for connections in (1, 4, 8):
            timing = load(
                port=PORT, make=make, connections=connections, seconds=_SECONDS, most=most
            )
            rows.append(
                {
                    "kind": kind,
                    "connections": connections,
                    "per_second": timing.per_second * size,
                    "p50": timing.quantile(0.5),
                    "p95": timing.quantile(0.95),
                    "failures": timing.failures,
                }
            )
    return rows


def _print(name: str, plan: dict[str, Any], rows: list[dict[str, Any]], memory: int) -> None:
    raw = {"POST one": plan["raw_one"], "POST 50": plan["raw_100"], "POST 100": plan["raw_100"]}
    print(f"\n{name}, {plan['count']} statements stored; load average {os.getloadavg()[0]:.1f}")
    print(f"bare inserts: {plan['raw_one']:.0f}/s one by one, {plan['raw_100']:.0f}/s by 100")
    heads = f"{'request':18}{'conn.':>6}{'per s':>10}{'of bare':>9}"
    print(f"{heads}{'p50 ms':>9}{'p95 ms':>9}{'failed':>8}")
    for row in rows:
        share = f"{row['per_second'] / raw[row['kind']]:.0%}" if row["kind"] in raw else ""
        print(
            f"{row['kind']:18}{row['connections']:>6}{row['per_second']:>10.0f}{share:>9}"
            f"{row['p50']:>9.1f}{row['p95']:>9.1f}{row['failures']:>8}"
        )
    print(f"memory of the web server: {memory / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
