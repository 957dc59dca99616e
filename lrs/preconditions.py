"""What a sender thinks a document is at the moment of writing (1.0.3 Communication 3.1)."""

import re
from dataclasses import dataclass

from lrs.refusals import Conflict, Mismatch, Refusal

# An entity tag with its quotes, or what some clients send: the bare digest. A tag marked as weak
# is one of ours too: a proxy that compresses marks it so on the way.
_TAGS = re.compile(r'(?:W/)?"([^"]*)"|([0-9A-Fa-f]{40})')
_CHECK_FIRST = "read it first, and send its ETag in the header If-Match"


@dataclass(frozen=True)
class Precondition:
    """The headers If-Match and If-None-Match, and what holds where both are missing.

    `guards`: what exists is not overwritten without one of them. `is_needed`: nothing is written
    without one of them.
    """

    match: str | None = None
    none_match: str | None = None
    guards: bool = False
    is_needed: bool = False

    def check(self, etag: str | None) -> None:
        """Compare with the digest of the document there is, None where there is none.

        Raises Mismatch (412), Conflict (409) or Refusal (400).
        """
        if self.match is not None and not _names(self.match, etag):
            raise Mismatch(f"the document is not what If-Match says: {_CHECK_FIRST}")
        if self.none_match is not None and _names(self.none_match, etag):
            raise Mismatch(f"there is such a document already (If-None-Match): {_CHECK_FIRST}")
        if self.match is None and self.none_match is None:
            self._check_bare(etag)

    def is_known(self, etag: str) -> bool:
        """Say whether a reader has this very document already."""
        return self.none_match is not None and _names(self.none_match, etag)

    def _check_bare(self, etag: str | None) -> None:
        if self.guards and etag is not None:
            raise Conflict(f"there is such a document already: {_CHECK_FIRST}")
        if self.is_needed:
            raise Refusal("send the header If-Match or If-None-Match")


def _names(header: str, etag: str | None) -> bool:
    if etag is None:
        return False
    if header.strip() == "*":
        return True
    return etag in {(quoted or bare).lower() for quoted, bare in _TAGS.findall(header)}
