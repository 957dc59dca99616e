"""Why a row changed and who decided it, where the log says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from certificates.models import Reason
from lrs.events import Event
from lrs.models import Statement
from people.actors import person_key
from reports.models import CompletionChange
from xapi import types, verbs


@dataclass(frozen=True)
class Decided:
    """`reason` is a key of `certificates.models.Reason`, `author` a person key for the reader."""

    reason: str | None = None
    author: str | None = None


NOBODY = Decided()


def decisions_on(changes: Iterable[CompletionChange], audience: UUID) -> dict[int, Decided]:
    """Return what was decided by the sequence of each change: empty where nobody did. One query."""
    listed = list(changes)
    wanted = {change.statement for change in listed if change.statement}
    events = {row.id: Event.of(row) for row in Statement.objects.filter(id__in=wanted)}
    return {
        change.sequence: _decided(events.get(change.statement), audience)
        if change.statement
        else NOBODY
        for change in listed
    }


def _decided(event: Event | None, audience: UUID) -> Decided:
    if event is None:
        return NOBODY
    if event.verb == verbs.VOIDED.id:
        return Decided(author=person_key(event.actor, audience))
    facts = event.facts
    if event.activity_type != types.CERTIFICATE or facts.get("reason") not in Reason.values:
        return NOBODY
    return Decided(reason=facts["reason"], author=person_key(UUID(facts["by"]), audience))
