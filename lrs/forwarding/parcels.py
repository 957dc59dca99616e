"""What is sent of a statement, and in whose queue it stands."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lrs.attachments import attached
from lrs.models import Forwarding, Statement
from xapi.mentions import AGENT, agent_identifier, key, referred
from xapi.verbs import VOIDED

MOST, MOST_BYTES = 50, 1024 * 1024
# What the other store says itself: when it stored, who vouches, and after which version.
_THEIRS = ("stored", "authority", "version")
NOBODY = 0


@dataclass(frozen=True)
class Parcel:
    """One statement to deliver."""

    row: Statement
    body: dict[str, Any]

    @classmethod
    def of(cls, row: Statement) -> "Parcel":
        said: dict[str, Any] = json.loads(row.body)
        return cls(row, {name: part for name, part in said.items() if name not in _THEIRS})

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def weight(self) -> int:
        """About how many bytes it takes, attachments included."""
        return len(self.row.body) + sum(one.get("length", 0) for one in attached(self.body))


def is_wanted(forwarding: Forwarding, row: Statement) -> bool:
    """Say whether a target is sent this statement.

    Statements that take others back pass every list of verbs: a target must not go on believing
    what was taken back.
    """
    if forwarding.only_ours and row.credential_id is not None:
        return False
    if forwarding.since and row.stored < forwarding.since:
        return False
    return not forwarding.verbs or row.verb in forwarding.verbs or row.verb == VOIDED.id


def learner_of(row: Statement) -> int:
    """Return the key of the learner in whose queue a statement stands; 0 for nobody.

    What takes a statement back stands in the queue of that statement, whoever says it: it must
    not arrive before.
    """
    body: dict[str, Any] = json.loads(row.body)
    target = referred(body) if row.verb == VOIDED.id else None
    voided = Statement.objects.filter(id=target).first() if target else None
    actor = json.loads(voided.body)["actor"] if voided else body["actor"]
    identifier = agent_identifier(actor)
    return key(AGENT, identifier) if identifier else NOBODY


def batches(parcels: Iterable[Parcel]) -> Iterator[list[Parcel]]:
    """Yield what goes together into one request."""
    batch: list[Parcel] = []
    weight = 0
    for parcel in parcels:
        if batch and (len(batch) == MOST or weight + parcel.weight > MOST_BYTES):
            yield batch
            batch, weight = [], 0
        batch.append(parcel)
        weight += parcel.weight
    if batch:
        yield batch


def halves(parcels: Sequence[Parcel]) -> tuple[Sequence[Parcel], Sequence[Parcel]]:
    """Divide a batch, to find out which of it is to blame."""
    middle = len(parcels) // 2
    return parcels[:middle], parcels[middle:]
