"""Statements that travel together with their attachments.

Source: xAPI 1.0.3 Communication 1.5.2, IEEE 9274.1.1 4.1.3.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha224, sha256, sha384, sha512
from typing import Any

from lrs.attachments import Enclosure, attached, hash_of
from lrs.http.answers import JSON
from lrs.http.multipart import Part, parts_of, write
from lrs.refusals import Refusal

HASH = "x-experience-api-hash"
# A SHA-2 says by its length which of the family it is.
_HASHES = {56: sha224, 64: sha256, 96: sha384, 128: sha512}


def unpack(content_type: str, body: bytes) -> tuple[bytes, dict[str, Part]]:
    """Return the JSON of the statements, and the parts after it by the hash they go under.

    Raises Refusal for what is not a parcel of statements and attachments.
    """
    first, *others = parts_of(content_type, body)
    if first.media_type != JSON:
        raise Refusal(f"the first part must hold the statements, with the content type {JSON}")
    found: dict[str, Part] = {}
    for number, part in enumerate(others, start=2):
        sha2 = _hash_on(part, number)
        if found.setdefault(sha2, part).content != part.content:
            raise Refusal(f"two parts that differ go under one hash {sha2}")
    return first.content, found


def match(statements: Iterable[Mapping[str, Any]], parts: Mapping[str, Part]) -> dict[str, bytes]:
    """Return the contents of the attachments by their hashes, once everything fits together.

    The statements are well-formed. Each attachment without fileUrl wants its part, and each part
    its attachment and the right hash. The hash alone decides, as the specification demands: it
    ties down every byte, and senders are known whose `length` counts something else.
    Raises Refusal.
    """
    named = {}
    for statement in statements:
        for attachment in attached(statement):
            sha2 = hash_of(attachment)
            named[sha2] = attachment
            if sha2 not in parts and not attachment.get("fileUrl"):
                raise Refusal(f"the attachment {sha2} has neither a part of its own nor a fileUrl")
    for sha2, part in parts.items():
        if sha2 not in named:
            raise Refusal(f"the part {sha2} belongs to no attachment of the statements")
        _check_hash(sha2, part.content)
    return {sha2: part.content for sha2, part in parts.items()}


def pack(statements: bytes, enclosures: Iterable[Enclosure]) -> tuple[str, bytes]:
    """Return the content type and body that carry the JSON of statements and its attachments."""
    return write([Part({"content-type": JSON}, statements), *map(_enclosed, enclosures)])


def _hash_on(part: Part, number: int) -> str:
    if part.headers.get("content-transfer-encoding", "").lower() != "binary":
        raise Refusal(f"part {number} wants the header Content-Transfer-Encoding: binary")
    sha2 = part.headers.get(HASH, "").lower()
    if not sha2:
        raise Refusal(f"part {number} wants the header X-Experience-API-Hash")
    return sha2


def _check_hash(sha2: str, content: bytes) -> None:
    hashed = _HASHES.get(len(sha2))
    if hashed is None:
        raise Refusal(f"{sha2} is not a SHA-2 in hexadecimal digits")
    if hashed(content).hexdigest() != sha2:
        raise Refusal(f"the content of the part {sha2} has another hash")


def _enclosed(enclosure: Enclosure) -> Part:
    headers = {
        "content-type": enclosure.content_type,
        "content-transfer-encoding": "binary",
        HASH: enclosure.sha2,
        "content-length": str(len(enclosure.content)),
    }
    return Part(headers, enclosure.content)
