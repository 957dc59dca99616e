"""Chromium for the browser tests: the machine's own, Debian's package, or Playwright's download."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.bootstrap import apt

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
_DOWNLOADED = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/**/MacOS/*")


def find_chromium(tools: Path) -> str:
    """Return the path of a Chromium that starts, or "" if there is none yet."""
    told = os.environ.get("PUTOKAZ_CHROMIUM", "")
    known = [shutil.which(name) or "" for name in _NAMES]
    downloaded = [str(p) for pattern in _DOWNLOADED for p in sorted(tools.glob(pattern))]
    return next((path for path in (told, *known, _MAC, *downloaded) if _starts(path)), "")


def ensure_chromium(tools: Path) -> str:
    """Return the path of a Chromium, installing one if need be; "" if that cannot be done."""
    found = find_chromium(tools)
    if not found and apt.install("chromium"):
        found = find_chromium(tools)
    if not found and _download(tools):
        found = find_chromium(tools)
    return found


def _starts(path: str) -> bool:
    """Ubuntu's chromium-browser is only a signpost, a download may lack libraries: so ask it."""
    if not path or not Path(path).is_file():
        return False
    said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
    return said.returncode == 0 and "Chrom" in said.stdout


def _download(tools: Path) -> bool:
    print("Downloading Chromium …", flush=True)
    environment = os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(tools)}
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, env=environment, capture_output=True).returncode == 0
