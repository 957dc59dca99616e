"""Stamps: what was done last time, so that a second run does nothing twice."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Return a hash of the contents of files and of words; a missing file counts as empty."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        content = file.read_bytes() if file.is_file() else b""
        digest.update(f"\0{file.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def is_fresh(stamp: Path, mark: str) -> bool:
    """Say whether the work behind a stamp was done for exactly this mark."""
    return stamp.is_file() and stamp.read_text() == mark


def set_stamp(stamp: Path, mark: str) -> None:
    """Remember that the work was done; only once it is whole."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
