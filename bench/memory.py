"""How much memory and time of processors a server takes."""

import os
import re
import subprocess
from pathlib import Path


def resident(pid: int) -> int:
    """Return the resident bytes of a process and its children (shared pages counted once each)."""
    return sum(_proportional(one) for one in _family(pid))


def processor_seconds(pid: int) -> float:
    """Return how long a process and its children have been at work."""
    ticks = 0
    for one in _family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # in user mode and for it in the kernel
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[str]:
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], check=False, capture_output=True, text=True
    ).stdout.split()
    return [str(pid), *children]


def _proportional(pid: str) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
