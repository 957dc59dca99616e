"""A statement on its way into the log: checked, complete, and taken apart for its columns."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from lrs.parsing import check_depth, written
from lrs.sql import as_moment, as_uuid
from xapi.iris import ACTOR_HOME
from xapi.mentions import Mentions, mentions, referred
from xapi.verbs import VOIDED

# What a statement's row has beside its position.
COLUMNS = (
    "id", "stored", "timestamp", "credential_id", "actor", "verb", "activity", "activity_type",
    "registration", "body",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One statement to append.

    `given` and `dated` say whether the sender chose the id and the timestamp. `credential` is
    who sent it over HTTP, None for what this site recorded itself. `voids_all`: if it takes
    something back, then whoever sent that.
    """

    id: UUID
    body: dict[str, Any]
    stored: datetime
    timestamp: datetime
    credential: int | None = None
    given: bool = True
    dated: bool = True
    voids_all: bool = True
    text: str = ""
    mentions: Mentions = field(default_factory=dict)
    row: tuple[Any, ...] = ()
    position: int = 0

    @property
    def sent(self) -> dict[str, Any]:
        """The statement without the timestamp that the sender did not give."""
        if self.dated:
            return self.body
        return {name: value for name, value in self.body.items() if name != "timestamp"}

    @property
    def refers_to(self) -> UUID | None:
        """The statement that is the object of this one."""
        target = referred(self.body)
        return UUID(target) if target else None

    @property
    def voids(self) -> UUID | None:
        """The statement that this one takes back."""
        return self.refers_to if self.body["verb"]["id"] == VOIDED.id else None

    @property
    def actor(self) -> UUID | None:
        """Our opaque id of the actor, where it has one."""
        account = self.body["actor"].get("account", {})
        return _uuid(account.get("name")) if account.get("homePage") == ACTOR_HOME else None

    @property
    def registration(self) -> UUID | None:
        return _uuid(self.body.get("context", {}).get("registration"))

    def complete(self, text: str = "") -> "Entry":
        """Write text, mentions and row, once the body is all that it will be.

        Whoever has the body from its text gives that as well; it must be as `written` would be.

        All that can be done before the database is asked is done here: there others wait.
        Raises Refusal for a number that cannot be kept, or what is nested too deeply.
        """
        self.text = text or written(self.body)
        # All else in a statement has its fixed place, and no depth.
        if '"extensions"' in self.text:
            check_depth(self.body, self.text)
        self.mentions = mentions(self.body)
        self.row = self._row()
        return self

    def _row(self) -> tuple[Any, ...]:
        """Return the values of `COLUMNS`."""
        target = self.body["object"]
        return (
            as_uuid(self.id),
            as_moment(self.stored),
            as_moment(self.timestamp),
            self.credential,
            as_uuid(self.actor),
            self.body["verb"]["id"],
            target.get("id", ""),
            target.get("definition", {}).get("type", ""),
            as_uuid(self.registration),
            self.text,
        )


@lru_cache(maxsize=10_000)
def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
