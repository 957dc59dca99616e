"""What is attached to statements: kept once, under its hash, and found again.

Source: xAPI 1.0.3 Data 2.4.11, IEEE 9274.1.1 4.2.2.6.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lrs.entries import Entry
from lrs.models import Attachment
from lrs.sql import among, as_uuid, select
from xapi.mentions import ATTACHMENT, key

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

    An attachment that stands elsewhere (fileUrl) is returned only if it also came here, with this
    statement: a hash alone must not give a reader the bytes that somebody else sent.
    """
    found = list(statements)
    came = _enclosed_in(found)
    named: dict[str, dict[str, Any]] = {}
    for statement in found:
        for attachment in attached(statement):
            sha2 = hash_of(attachment)
            if not attachment.get("fileUrl") or (UUID(statement["id"]), sha2) in came:
                named.setdefault(sha2, attachment)
    kept = Attachment.objects.in_bulk(named) if named else {}
    return [
        Enclosure(one["sha2"], _content_type(one), bytes(kept[sha2].content))
        for sha2, one in named.items()
        if sha2 in kept
    ]


def note_enclosed(entry: Entry, hashes: Collection[str]) -> None:
    """Note in a statement's mentions which of its attachments came with it."""
    for attachment in attached(entry.body):
        sha2 = hash_of(attachment)
        if sha2 in hashes:
            entry.mentions[key(ATTACHMENT, sha2)] = False


def _enclosed_in(statements: Iterable[Mapping[str, Any]]) -> set[tuple[UUID, str]]:
    """Return which attachments with a fileUrl came with which statement."""
    wanted = {
        (UUID(statement["id"]), key(ATTACHMENT, hash_of(one))): hash_of(one)
        for statement in statements
        for one in attached(statement)
        if one.get("fileUrl")
    }
    if not wanted:
        return set()
    some_ids, ids = among("s.id", [as_uuid(id_) for id_, _ in wanted])
    some_keys, keys = among("m.key", [one for _, one in wanted])
    rows = select(
        "SELECT s.id, m.key FROM lrs_statement s JOIN lrs_mention m ON m.position = s.position "
        f"AND {some_keys} AND NOT m.direct WHERE {some_ids}",
        [keys, ids],
    )
    found = {(UUID(str(id_)), one) for id_, one in rows}
    return {(id_, sha2) for (id_, one), sha2 in wanted.items() if (id_, one) in found}


def _content_type(attachment: Mapping[str, Any]) -> str:
    """Return the type a sender gave, unless it cannot be a header."""
    given: str = attachment["contentType"]
    return given if given.isprintable() and len(given) <= _LONGEST_TYPE else BINARY
