"""How far a reader of the feed has come, as one signed word that only this site can make."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer

from lrs.feed import Place

_signer = Signer(salt="reports.cursors")


class CursorUnreadable(ValueError):
    """A word that this site has not given out."""


@dataclass(frozen=True)
class Cursor:
    """A place among the changes, and what its reader may hold.

    `audience` is the mandate's. `held` are the hashes of the scopes under which rows may have
    reached the reader, the newest last. While rows are brought up to another scope, `filling` is
    its hash and `passed` the last enrolment that was looked at.
    """

    audience: UUID
    place: Place
    held: tuple[str, ...] = ()
    filling: str = ""
    passed: UUID | None = None

    def __str__(self) -> str:
        return _signer.sign_object(
            {
                "a": str(self.audience),
                "p": [str(self.place.epoch), self.place.transaction, self.place.sequence],
                "h": list(self.held),
                "f": self.filling,
                "e": str(self.passed) if self.passed else "",
            },
            compress=True,
        )


def read_cursor(word: str) -> Cursor:
    """Return the cursor that a word stands for. Raises CursorUnreadable."""
    try:
        said: dict[str, Any] = _signer.unsign_object(word)
        epoch, transaction, sequence = said["p"]
        return Cursor(
            audience=UUID(said["a"]),
            place=Place(UUID(epoch), transaction, sequence),
            held=tuple(said["h"]),
            filling=said["f"],
            passed=UUID(said["e"]) if said["e"] else None,
        )
    except (BadSignature, ValueError, KeyError, TypeError) as error:
        raise CursorUnreadable("cursor: this is not a cursor of this site") from error
