"""`make bench`: one table and one JSON of how fast the running production server is.

Numbers depend on the machine and on what else runs on it: compare ratios of one run, and read
the line about noise, which times the same page three times over the whole run.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
from typing import Any

from bench.client import Request, run
from bench.memory import resident
from bench.places import ROOT, collect, serving, sqlite

PORT = 8790


def main() -> int:
    collect()
    with sqlite() as environment:
        os.environ.update(environment)
        plan = subprocess.run(  # populating in a process of its own keeps its memory out of ours
            [sys.executable, "-m", "bench.plan"], cwd=ROOT, check=True, stdout=subprocess.PIPE
        )
        with serving(os.environ, port=PORT) as server:
            rows = _measure(json.loads(plan.stdout.splitlines()[-1]))
            memory = resident(server)
            asset_bytes = _first_visit()
    print(_table(rows))
    print(f"memory of the web server: {memory / 1e6:.0f} MB")
    print(f"first visit to the front page, with fonts: {asset_bytes / 1e3:.0f} kB")
    _print_noise(rows)
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"rows": rows, "memory": memory, "first_visit": asset_bytes}))
    print(f"JSON: {target.relative_to(ROOT)}")
    failed = [row["name"] for row in rows if row["failures"]]
    if failed:
        print(f"FAILED: {failed}", file=sys.stderr)
    return 1 if failed else 0


def _measure(plan: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for page in plan:
        visitors = [Request(**visitor) for visitor in page["visitors"]]
        alone = run(host="127.0.0.1", port=PORT, visitors=visitors[:1], seconds=4)
        crowd = run(host="127.0.0.1", port=PORT, visitors=visitors, seconds=6)
        rows.append(
            {
                "name": page["name"],
                "median_ms": round(alone.quantile(0.5), 1),
                "p95_ms": round(alone.quantile(0.95), 1),
                "per_second": round(crowd.per_second),
                "queries": page["queries"],
                "bytes": page["bytes"],
                "gzip": page["gzip"],
                "failures": alone.failures + crowd.failures,
            }
        )
    return rows


def _table(rows: list[dict[str, Any]]) -> str:
    heads = ["page", "median", "p95", "req/s, 8 conn.", "queries", "bytes", "gzip"]
    names = ["name", "median_ms", "p95_ms", "per_second", "queries", "bytes", "gzip"]
    lines = [heads] + [[str(row[name]) for name in names] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def _print_noise(rows: list[dict[str, Any]]) -> None:
    same = [float(str(r["per_second"])) for r in rows if str(r["name"]).startswith("noise")]
    spread = (max(same) - min(same)) / max(same) * 100
    load = os.getloadavg()[0]
    print(f"noise: the same page varied by {spread:.0f} % over the run; load average {load:.1f}")


def _first_visit() -> int:
    """Return what a first visit to the front page costs without its fonts in other alphabets."""
    base = f"http://127.0.0.1:{PORT}"
    html = _get(f"{base}/en/")
    found = set(re.findall(rb'(?:href|src)="(/static/[^"#]+)', html))
    styles = [_get(base + path.decode()) for path in found if path.endswith(b".css")]
    total = len(_get_raw(f"{base}/en/")) + sum(len(_get_raw(base + p.decode())) for p in found)
    fonts = {
        font
        for style in styles
        for font in re.findall(rb'url\("?\.\./(vendor/fonts/[^")]*latin-[46]00[^")]*)', style)
    }
    return total + sum(len(_get_raw(f"{base}/static/{font.decode()}")) for font in fonts)


def _get_raw(url: str) -> bytes:
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as response:
        return bytes(response.read())


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url) as response:
        return bytes(response.read())


if __name__ == "__main__":
    sys.exit(main())
