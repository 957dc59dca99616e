"""The keys of a long list, in their order, kept outside of memory: 16 bytes each in a file.

Why not page by page in the database: a row that changes meanwhile takes another place in the order
and would be met twice or never. Why not one cursor that stays open: on SQLite nobody could write
over the same connection, and on PostgreSQL nobody could clean up behind it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

from django.db.models import QuerySet

_IN_MEMORY = 1_000_000
_AT_ONCE = 5000
_WIDTH = 16


class Keys:
    """Keys as they were found; read some at a time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def by(self, size: int) -> Iterator[list[UUID]]:
        """Yield the keys, so many at a time."""
        self._file.seek(0)
        while packed := self._file.read(_WIDTH * size):
            yield [UUID(bytes=packed[at : at + _WIDTH]) for at in range(0, len(packed), _WIDTH)]


@contextmanager
def kept_keys(found: "QuerySet[Any]") -> Iterator[Keys]:
    """Find the primary keys (UUIDs) of a queryset now, for the length of a with block."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        each = found.values_list("pk", flat=True).iterator(chunk_size=_AT_ONCE)
        for key in each:
            file.write(key.bytes)
        yield Keys(file)
