"""Who was in a file: exact, and small. A million people are twelve megabytes."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from reports.models import Disclosure, Included
from reports.row import CompletionRow

# A reader's key of a person has 24 hexadecimal digits (`people.actors.person_key`).
_BYTES = 12
_TOGETHER = 4096


class Members:
    """The keys of those in a file, gathered while it is written: twelve bytes a row.

    They are sorted apart by their first byte, so that no list of all of them is ever made.
    """

    def __init__(self) -> None:
        self._parts = [bytearray() for _first in range(256)]
        self.rows = 0

    def add(self, person: str) -> None:
        """Note whom a row is about."""
        key = bytes.fromhex(person)
        self._parts[key[0]] += key
        self.rows += 1

    def noting(self, rows: Iterable[CompletionRow]) -> Iterator[CompletionRow]:
        """Yield rows as they come, each noted."""
        for row in rows:
            self.add(row.person)
            yield row

    def keep(self, disclosure: Disclosure) -> int:
        """Write down who was in it; return how many people they are."""
        count, block = 0, bytearray()
        for keys in self._sorted():
            for start in range(0, len(keys), _BYTES):
                block += keys[start : start + _BYTES]
                count += 1
                if len(block) == _TOGETHER * _BYTES:
                    _keep(disclosure, bytes(block))
                    block.clear()
        if block:
            _keep(disclosure, bytes(block))
        return count

    def _sorted(self) -> Iterator[bytes]:
        for part in self._parts:
            places = range(0, len(part), _BYTES)
            yield b"".join(sorted({bytes(part[at : at + _BYTES]) for at in places}))


def holds(block: Included, person: str) -> bool:
    """Say whether somebody is among the keys of a block."""
    keys, wanted = bytes(block.keys), bytes.fromhex(person)
    places = range(0, len(keys), _BYTES)
    found = bisect_left(places, wanted, key=lambda at: keys[at : at + _BYTES])
    return found < len(places) and keys[places[found] : places[found] + _BYTES] == wanted


def _keep(disclosure: Disclosure, keys: bytes) -> None:
    Included.objects.create(
        disclosure=disclosure, first=keys[:_BYTES].hex(), last=keys[-_BYTES:].hex(), keys=keys
    )
