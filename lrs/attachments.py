"""What is attached to statements: kept once, under its hash, and found again.

Source: xAPI 1.0.3 Data 2.4.11, IEEE 9274.1.1 4.2.2.6.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lrs.models import Attachment

BINARY = "application/octet-stream"
_LONGEST_TYPE = 255


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attachment as it goes out again: the hash and type its statement gives, and the bytes."""

    sha2: str
    content_type: str
    content: bytes


def attached(statement: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a well-formed statement says of its attachments, those of a SubStatement too."""
    for part in with_substatement(statement):
        yield from part.get("attachments", ())


def with_substatement(statement: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a well-formed statement, and the SubStatement that is its object, if it is one."""
    yield statement
    if statement["object"].get("objectType") == "SubStatement":
        yield statement["object"]


def hash_of(attachment: Mapping[str, Any]) -> str:
    """Return the hash of an attachment in small letters: hexadecimal digits know no case."""
    sha2: str = attachment["sha2"]
    return sha2.lower()


def keep(contents: Mapping[str, bytes]) -> None:
    """Keep contents under their hashes. What is there already stays as it is: it is the same.

    The rows are written in the order of their keys, so that two writers never wait for each other.
    """
    rows = [Attachment(sha2=sha2, content=contents[sha2]) for sha2 in sorted(contents)]
    Attachment.objects.bulk_create(rows, ignore_conflicts=True)


def attachments_of(statements: Iterable[Mapping[str, Any]]) -> list[Enclosure]:
    """Return what is kept here of the attachments of statements, each once, in their order.

    An attachment that stands elsewhere (fileUrl) is left out: whether it also came here nobody
    knows, and a hash alone must not give a reader the bytes that somebody else sent.
    """
    named: dict[str, dict[str, Any]] = {}
    for statement in statements:
        for attachment in attached(statement):
            if not attachment.get("fileUrl"):
                named.setdefault(hash_of(attachment), attachment)
    kept = Attachment.objects.in_bulk(named) if named else {}
    return [
        Enclosure(one["sha2"], _content_type(one), bytes(kept[sha2].content))
        for sha2, one in named.items()
        if sha2 in kept
    ]


def _content_type(attachment: Mapping[str, Any]) -> str:
    """Return the type a sender gave, unless it cannot be a header."""
    given: str = attachment["contentType"]
    return given if given.isprintable() and len(given) <= _LONGEST_TYPE else BINARY
