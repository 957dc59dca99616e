"""A statement on its way into the log: checked, complete, and taken apart for its columns."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from lrs.parsing import check_depth, written
from xapi.iris import ACTOR_HOME
from xapi.mentions import Mentions, mentions, referred
from xapi.verbs import VOIDED


@dataclass(slots=True)
class Entry:
    """One statement to append.

    `given` and `dated` say whether the sender chose the id and the timestamp. `credential` is
    who sent it over HTTP, None for what this site recorded itself.
    """

    id: UUID
    body: dict[str, Any]
    stored: datetime
    timestamp: datetime
    credential: int | None = None
    given: bool = True
    dated: bool = True
    text: str = ""
    mentions: Mentions = field(default_factory=dict)
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

    def complete(self) -> "Entry":
        """Write the text and the mentions, once the body is all that it will be.

        Raises Refusal for a number that cannot be kept, or what is nested too deeply.
        """
        self.text = written(self.body)
        # All else in a statement has its fixed place, and no depth.
        if '"extensions"' in self.text:
            check_depth(self.body)
        self.mentions = mentions(self.body)
        return self


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
