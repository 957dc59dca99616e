"""A reader of the log as a feed: it goes on from where it was, and never looks back."""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import psycopg

_PAUSE = 0.01
_PAGE = 500
_PATIENCE = 60.0  # another database of the cluster may have a long transaction, too
_ON_SQLITE = "SELECT sequence, id FROM lrs_statement WHERE sequence > ? ORDER BY sequence LIMIT ?"
# What an older transaction may still bring would come before what is read already: so only what
# is older than every running one is read.
_ON_POSTGRESQL = """
    SELECT transaction, sequence, id FROM lrs_statement
    WHERE (transaction, sequence) > (%s, %s)
    AND transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY transaction, sequence LIMIT %s
"""
Pages = Callable[[], list[UUID]]


class Reader(threading.Thread):
    """Reads page after page while others write; keeps what it saw in its order."""

    def __init__(self, next_page: Callable[[], Pages]) -> None:
        super().__init__()
        self.seen: list[UUID] = []
        self.raised: BaseException | None = None
        self._open = next_page
        self._awaited: int | None = None
        self._deadline = float("inf")

    def run(self) -> None:
        """Read until as many were seen as are awaited."""
        try:
            next_page = self._open()
            while self._awaited is None or len(self.seen) < self._awaited:
                page = next_page()
                self.seen += page
                if not page:
                    time.sleep(_PAUSE)
                if time.monotonic() > self._deadline:
                    break
        except BaseException as error:
            self.raised = error

    def finish(self, awaited: int) -> None:
        """Wait, not for ever, until so many were seen."""
        self._deadline = time.monotonic() + _PATIENCE
        self._awaited = awaited
        self.join()
        if self.raised:
            raise self.raised


def of_sqlite(file: Path) -> Reader:
    """Return a reader of a store's file."""

    def pages() -> Pages:
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20)
        place = 0

        def next_page() -> list[UUID]:
            nonlocal place
            rows = connection.execute(_ON_SQLITE, [place, _PAGE]).fetchall()
            place = rows[-1][0] if rows else place
            return [UUID(id_) for _, id_ in rows]

        return next_page

    return Reader(pages)


def of_postgresql(url: str) -> Reader:
    """Return a reader of a store's database."""

    def pages() -> Pages:
        connection = psycopg.connect(url, autocommit=True)
        place = (0, 0)

        def next_page() -> list[UUID]:
            nonlocal place
            rows = connection.execute(_ON_POSTGRESQL, [*place, _PAGE]).fetchall()
            place = rows[-1][:2] if rows else place
            return [id_ for _, _, id_ in rows]

        return next_page

    return Reader(pages)
