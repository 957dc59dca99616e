"""`make bench-certificates`: draw, sign and seal certificates, by one process and by two.

Fails if memory goes on growing. BENCH_CERTIFICATES=100 is a quick look. Numbers depend on the
machine and on what else runs on it: "processor" is what a stage itself took of one core.
"""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from bench.client import quantile
from bench.places import ROOT

COUNT = int(os.environ.get("BENCH_CERTIFICATES", "1000"))
WORKERS = (1, 2)
# Bytes of memory. What comes again (letters, words) settles within some hundred certificates; one
# that is kept by mistake has 30 kB.
_GROWTH = 16_000_000


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "BENCH_FOLDER": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "SECRET_KEY": "only-for-the-bench-" + "x" * 50,
        }
        for name in ("migrate", "make_seal_key", "make_keys"):
            command = [sys.executable, "manage.py", name, "--verbosity", "0"]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
        grown = sum(_print(_measure(workers, environment)) for workers in WORKERS)
    return 1 if grown else 0


def _measure(workers: int, environment: dict[str, str]) -> list[dict[str, Any]]:
    """Let processes share the certificates; return what each says of its part."""
    parts = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.certificates.worker", str(seed), str(COUNT // workers)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
        )
        for seed in range(workers)
    ]
    said = [part.communicate()[0] for part in parts]
    if any(part.returncode for part in parts):
        raise SystemExit("a worker of the bench failed")
    return [json.loads(one.splitlines()[-1]) for one in said]


def _print(parts: list[dict[str, Any]]) -> int:
    """Print a table of one run; return how many workers grew."""
    count = sum(part["count"] for part in parts)
    seconds = max(part["seconds"] for part in parts)
    print(f"\n{count} certificates, {len(parts)} at a time: {seconds:.1f} s", end="")
    print(f", {count / seconds:.1f} a second; load average {os.getloadavg()[0]:.1f}")
    print(f"{'ms':12}{'p50':>8}{'p95':>8}{'processor':>12}")
    for stage in parts[0]["wall"]:
        wall = [taken for part in parts for taken in part["wall"][stage]]
        worked = sum(part["worked"][stage] for part in parts) / count * 1000
        print(f"{stage:12}{quantile(wall, 0.5):>8.1f}{quantile(wall, 0.95):>8.1f}{worked:>12.1f}")
    for part in parts:
        print(f"memory: {part['warm'] / 1e6:.0f} MB when warm, ", end="")
        print(f"{part['end'] / 1e6:.0f} MB after {part['count']}")
    print(f"size of a file: {parts[0]['size'] / 1e3:.1f} kB", flush=True)
    return sum(part["end"] - part["warm"] > _GROWTH for part in parts)


if __name__ == "__main__":
    sys.exit(main())
