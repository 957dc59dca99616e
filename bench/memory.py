"""How much memory a server takes."""

import re
import subprocess
from pathlib import Path


def resident(pid: int) -> int:
    """Return the resident bytes of a process and its children (shared pages counted once each)."""
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], check=False, capture_output=True, text=True
    ).stdout.split()
    return sum(_proportional(one) for one in (str(pid), *children))


def _proportional(pid: str) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
