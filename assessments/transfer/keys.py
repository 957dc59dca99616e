"""Permanent keys: written in exported files, derived where a handwritten file has none."""

import re
from collections.abc import Collection
from uuid import UUID, uuid5

ROOT = UUID("5f0c7a52-6f2b-5d5e-9a5c-0a9be6a1c3d4")
BLOCK_ID = re.compile(r"[A-Za-z0-9_-]{1,36}")


def course_key(slug: str) -> str:
    """Return the key of a course whose file names none: the same everywhere."""
    return str(uuid5(ROOT, slug))


def derived(base: str, path: str) -> str:
    """Return the key of what stands at `path` below the thing with the key or id `base`."""
    return str(uuid5(ROOT, f"{base}/{path}"))


def as_key(text: str) -> str | None:
    """Return a key in its one spelling, or None if `text` is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return None


class Numbering:
    """Derives the ids of a list from place and kind: the second text is another's only if moved."""

    def __init__(self, base: str, path: str) -> None:
        self.base, self.path = base, path
        self.counts: dict[str, int] = {}

    def next(self, kind: str, *, taken: Collection[str] = ()) -> str:
        """Return the derived id of the next item of this kind; another if somebody has it.

        So an item without an id can be put between others that have theirs.
        """
        self.counts[kind] = self.counts.get(kind, 0) + 1
        ident = derived(self.base, f"{self.path}/{kind}/{self.counts[kind]}")
        while ident in taken:
            ident = derived(ident, "new")
        return ident
