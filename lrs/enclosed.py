"""Attachments that lie beside a file of statements, each in a file named by its SHA-2."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lrs.attachments import attached, hash_of
from lrs.models import Attachment
from lrs.refusals import Refusal
from lrs.signatures import check_signatures
from xapi.data.attachments import SIGNATURE

# A SHA-2 says by its length which of the family it is.
_HASHES = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}


class Enclosed:
    """A folder of attachments, or none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def check(self, statement: dict[str, Any]) -> frozenset[str]:
        """Return the hashes of the attachments that lie here; the statement is well-formed.

        Each without fileUrl must lie here, or be in the store already. Raises Refusal.
        """
        here = frozenset(self._lying_here(statement))
        check_signatures([statement], self._signatures(statement, here))
        return here

    def read(self, sha2: str) -> bytes:
        """Return the content of an attachment that `check` has found. Raises OSError."""
        path = self._path(sha2)
        if path is None:
            raise FileNotFoundError(sha2)
        return path.read_bytes()

    def _lying_here(self, statement: dict[str, Any]) -> Iterator[str]:
        for attachment in attached(statement):
            sha2 = hash_of(attachment)
            path = self._path(sha2)
            if path is not None:
                _check_hash(path, sha2)
                yield sha2
            elif not attachment.get("fileUrl") and not _is_kept(sha2):
                raise Refusal(f"the attachment {sha2} has no file, and no fileUrl")

    def _signatures(self, statement: dict[str, Any], here: frozenset[str]) -> dict[str, bytes]:
        signed = [one for one in attached(statement) if one["usageType"] == SIGNATURE]
        names = {hash_of(one) for one in signed}
        kept = Attachment.objects.in_bulk(names - here) if names - here else {}
        stored = {sha2: bytes(one.content) for sha2, one in kept.items()}
        return stored | {sha2: self.read(sha2) for sha2 in names & here}

    def _path(self, sha2: str) -> Path | None:
        path = self._folder / sha2 if self._folder and sha2.isalnum() else None
        return path if path and path.is_file() else None


def _check_hash(path: Path, sha2: str) -> None:
    name = _HASHES.get(len(sha2))
    with path.open("rb") as file:
        if name is None or hashlib.file_digest(file, name).hexdigest() != sha2:
            raise Refusal(f"the file of the attachment {sha2} has another hash")


def _is_kept(sha2: str) -> bool:
    return Attachment.objects.filter(sha2=sha2).exists()
