"""`make bench-reports`: the completion report as it grows, on SQLite and on PostgreSQL.

BENCH_SIZES=10000,100000 says at how many enrolments, BENCH_PLACES=SQLite on which database. Pages
and feed are asked of the running production server; each file is made by a process of its own.
Numbers depend on the machine and on what else runs on it: compare ratios of one run, and read the
line about noise, which times the same page at the beginning and at the end.
"""

import gzip
import json
import os
import subprocess
import sys
import time
from itertools import pairwise
from typing import Any

from bench.client import Connection, Request, run
from bench.memory import resident
from bench.places import PLACES, ROOT, collect, serving

PORT = 8793
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "2000,10000").split(",")]
ONLY = os.environ.get("BENCH_PLACES", "")
_SECONDS = 4.0
_FEED_AT_MOST = 60.0
_LIMIT = 1000
Row = dict[str, Any]


def main() -> int:
    collect()
    runs = []
    for name, place in PLACES:
        if ONLY and name not in ONLY.split(","):
            continue
        with place() as environment:
            for size in SIZES:
                runs.append(_measure(name, size, os.environ | environment))
                _print(runs[-1])
    _print_growth(runs)
    target = ROOT / "var" / "bench-reports.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(runs, indent=1))
    print(f"JSON: {target.relative_to(ROOT)}")
    failed = sum(row["failures"] for one in runs for row in one["pages"])
    return 1 if failed else 0


def _measure(name: str, size: int, environment: dict[str, str]) -> Row:
    plan = _said(environment, "bench.reports.plan", str(size))
    first, formats = plan["pages"][0], _said(environment, "bench.reports.files")
    with serving(environment, port=PORT) as server:
        _timed(first)  # what each worker remembers is remembered
        quiet = _timed(first)
        pages = [_timed(page) for page in plan["pages"]]
        pages.append(_counted_anew(first, environment))
        feed = _feed(plan["token"])
        noise = (quiet["p50"], _timed(first)["p50"])
        memory = resident(server)
    return {
        "place": name,
        "size": plan["size"],
        "made": plan["made"],
        "made_a_minute": plan["made"] / plan["seconds"] * 60 if plan["made"] > 0 else 0,
        "pages": pages,
        "feed": feed,
        "files": [_file(environment, one, plan["mandate"]) for one in formats],
        "noise": noise,
        "memory": memory,
        "load": os.getloadavg()[0],
    }


def _said(environment: dict[str, str], module: str, *words: str) -> Any:
    """Return what a process of its own prints as JSON in its last line."""
    command = [sys.executable, "-m", module, *words]
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(said.stdout.splitlines()[-1])


def _timed(page: Row) -> Row:
    visitor = Request(page["path"], page["headers"])
    timing = run(host="127.0.0.1", port=PORT, visitors=[visitor], seconds=_SECONDS)
    return {
        "name": page["name"],
        "queries": page["queries"],
        "p50": timing.quantile(0.5),
        "p95": timing.quantile(0.95),
        "failures": timing.failures,
    }


def _counted_anew(page: Row, environment: dict[str, str]) -> Row:
    """Time the page right after somebody's row has changed, five times over."""
    taken, failures = [], 0
    message = Request(page["path"], page["headers"]).next(f"127.0.0.1:{PORT}")
    for _ in range(5):
        command = [sys.executable, "-m", "bench.reports.change"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        connection = Connection("127.0.0.1", PORT)
        began = time.perf_counter()
        status, _body = connection.send(message)
        taken.append((time.perf_counter() - began) * 1000)
        failures += status != 200
        connection.close()
    taken.sort()
    name = f"{page['name']}, just changed"
    return {
        "name": name,
        "queries": page["queries"] + 3,
        "p50": taken[2],
        "p95": taken[-1],
        "failures": failures,
    }


def _feed(token: str) -> Row:
    """Fill a copy from nothing, for a minute at most; return how fast it goes."""
    connection = Connection("127.0.0.1", PORT)
    cursor, rows, began, more = "", 0, time.perf_counter(), True
    pages = []
    while more and time.perf_counter() - began < _FEED_AT_MOST:
        query = f"limit={_LIMIT}" + (f"&cursor={cursor}" if cursor else "")
        path = f"/api/v1/completions/changes?{query}"
        headers = {"Authorization": f"Bearer {token}"}
        asked = time.perf_counter()
        answer = connection.ask(Request(path, headers).next(f"127.0.0.1:{PORT}"))
        pages.append(time.perf_counter() - asked)
        if answer.status != 200:
            raise RuntimeError(f"the feed answered {answer.status}")
        is_packed = answer.headers.get("content-encoding") == "gzip"
        page = json.loads(gzip.decompress(answer.body) if is_packed else answer.body)
        cursor, more = page["next_cursor"], page["more"]
        rows += len(page["rows"])
    seconds = time.perf_counter() - began
    connection.close()
    return {"rows": rows, "seconds": seconds, "whole": not more, "slowest": max(pages) * 1000}


def _file(environment: dict[str, str], format_: str, mandate: int) -> Row:
    row: Row = _said(environment, "bench.reports.files", format_, str(mandate))
    return row


def _print(one: Row) -> None:
    print(f"\n{one['place']}, {one['size']:,} enrolments; load average {one['load']:.1f}")
    if one["made"] > 0:
        print(f"made {one['made']:,} at {one['made_a_minute']:,.0f} a minute")
    print(f"{'page':34}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'failed':>8}")
    for row in one["pages"]:
        print(
            f"{row['name']:34}{row['queries']:>8}{row['p50']:>9.1f}{row['p95']:>9.1f}"
            f"{row['failures']:>8}"
        )
    feed = one["feed"]
    part = "" if feed["whole"] else " (not to the end)"
    print(
        f"feed: {feed['rows']:,} rows{part}, {feed['rows'] / feed['seconds']:,.0f} a second, ",
        end="",
    )
    print(f"slowest page {feed['slowest']:.0f} ms")
    print(f"{'file':34}{'rows':>10}{'s':>9}{'rows/s':>9}{'cpu s':>9}{'peak MB':>9}{'grown':>8}")
    for row in one["files"]:
        print(
            f"{row['format']:34}{row['rows']:>10,}{row['seconds']:>9.1f}"
            f"{row['rows'] / row['seconds']:>9,.0f}{row['processor']:>9.1f}"
            f"{row['peak'] / 1e6:>9.0f}{row['grown'] / 1e6:>8.0f}"
        )
    first, last = one["noise"]
    print(f"noise: the same page took {first:.1f} ms at first and {last:.1f} ms at last")
    print(f"memory of the web server: {one['memory'] / 1e6:.0f} MB", flush=True)


def _print_growth(runs: list[Row]) -> None:
    """Print how each figure grows from one size to the next of the same database."""
    for before, after in pairwise(runs):
        if before["place"] != after["place"]:
            continue
        times = after["size"] / before["size"]
        print(f"\n{after['place']}: {times:.1f} times as many enrolments, and")
        for old, new in zip(before["pages"], after["pages"], strict=True):
            print(f"  {new['name']:34}{new['p50'] / old['p50']:>6.1f} times the median")
        for old, new in zip(before["files"], after["files"], strict=True):
            print(
                f"  {new['format']:34}{new['seconds'] / old['seconds']:>6.1f} times as long, "
                f"{new['peak'] / old['peak']:.2f} times the memory"
            )


if __name__ == "__main__":
    sys.exit(main())
