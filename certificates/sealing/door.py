"""The door to the seal. Without a key certificates wait; everything else works.

Behind it is pyHanko, which only who seals has to load. No page ever opens a PDF that a visitor
sent: files are examined by commands and tests.
"""

from datetime import datetime
from importlib import import_module


class CannotSeal(Exception):
    """There is no key, or it cannot be used: see docs/operating.md."""


def seal(pdf: bytes, *, at: datetime) -> bytes:
    """Return the file with its seal. Nothing may touch it afterwards.

    Raises CannotSeal, for whoever reads the failed task.
    """
    sealed: bytes = import_module("certificates.sealing.signing").sign(pdf, at=at)
    return sealed


def end_of_seal(*, at: datetime) -> datetime:
    """Return the last moment of the configured seal. Raises CannotSeal if it is none at `at`."""
    end: datetime = import_module("certificates.sealing.ending").end_of_seal(at=at)
    return end
