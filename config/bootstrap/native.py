"""The libraries that lay out certificates, Pango and HarfBuzz: no Python package has them."""

import ctypes
import shutil
import sys

from config.bootstrap import apt

# Without the last, WeasyPrint is four times slower.
_LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}
_HOMEBREW = ("", "/opt/homebrew/lib/", "/usr/local/lib/")


def missing_packages() -> list[str]:
    """Return the Debian packages whose library cannot be loaded."""
    return [package for package, names in _LIBRARIES.items() if not _loads(names)]


def ensure_native_libraries() -> bool:
    """Install what is missing, or say how; True when certificates can be laid out."""
    missing = missing_packages()
    if not missing or (apt.install(*missing) and not missing_packages()):
        return True
    print(advice(missing), file=sys.stderr, flush=True)
    return False


def advice(missing: list[str]) -> str:
    """Return what is missing, what it means, and the exact command."""
    how = "your package manager: Pango 1.44 or newer and HarfBuzz with its subset library"
    if shutil.which("apt-get"):
        how = apt.command(*missing)
    elif shutil.which("brew"):
        how = "brew install pango"
    elif shutil.which("dnf"):
        how = "sudo dnf install pango harfbuzz"
    return (
        f"\n  !! Missing: {', '.join(missing)}. Everything works but certificates: they wait, and\n"
        f"     are made as soon as the libraries are there. Install them with\n\n       {how}\n"
    )


def _loads(names: tuple[str, ...]) -> bool:
    return any(_load(place + name) for name in names for place in _HOMEBREW)


def _load(path: str) -> bool:
    try:
        ctypes.CDLL(path)
    except OSError:
        return False
    return True
