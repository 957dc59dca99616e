"""Why a row changed, who decided it and what it replaces, where the log says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from certificates.models import Certificate, Reason
from lrs.events import Event
from lrs.models import Statement
from people.actors import person_key
from reports.models import CompletionChange
from xapi import types, verbs


@dataclass(frozen=True)
class Decided:
    """`reason` is a key of `certificates.models.Reason`, `author` a person key for the reader.

    `replaces` is the serial of a certificate, or the position of the change that told of what was
    taken back.
    """

    reason: str | None = None
    author: str | None = None
    replaces: str | None = None


NOBODY = Decided()


def position_of(change: CompletionChange) -> str:
    """Return where a change stands, as readers are told it."""
    return f"{change.transaction}/{change.sequence}"


def decisions_on(changes: Iterable[CompletionChange], audience: UUID) -> dict[int, Decided]:
    """Return what was decided by the sequence of each change: empty where nobody did.

    At most three queries, whatever the number of changes.
    """
    listed = list(changes)
    wanted = {change.statement for change in listed if change.statement}
    events = {row.id: Event.of(row) for row in Statement.objects.filter(id__in=wanted)}
    told = _told_of({UUID(one.activity) for one in events.values() if _is_void(one)})
    serials = _serials({key for one in events.values() if (key := _replaced(one))})
    return {
        change.sequence: _decided(events.get(change.statement), audience, told, serials)
        if change.statement
        else NOBODY
        for change in listed
    }


def _decided(
    event: Event | None, audience: UUID, told: Mapping[UUID, str], serials: Mapping[UUID, str]
) -> Decided:
    if event is None:
        return NOBODY
    if _is_void(event):
        author = person_key(event.actor, audience)
        return Decided(author=author, replaces=told.get(UUID(event.activity)))
    replaced = _replaced(event)
    serial = serials.get(replaced) if replaced else None
    facts = event.facts
    if event.activity_type != types.CERTIFICATE or facts.get("reason") not in Reason.values:
        return Decided(replaces=serial)
    author = person_key(UUID(facts["by"]), audience)
    return Decided(reason=facts["reason"], author=author, replaces=serial)


def _is_void(event: Event) -> bool:
    return event.verb == verbs.VOIDED.id


def _replaced(event: Event) -> UUID | None:
    """Return the certificate that a statement takes back, or in whose place it puts another."""
    if event.activity_type != types.CERTIFICATE:
        return None
    if event.verb == verbs.REVOKED.id:
        return event.key
    replaced = event.facts.get("replaces") or event.facts.get("renews")
    return UUID(replaced) if replaced else None


def _told_of(statements: set[UUID]) -> dict[UUID, str]:
    """Return at which position each of these statements was told of."""
    found = CompletionChange.objects.filter(statement__in=statements)
    return {change.statement: position_of(change) for change in found if change.statement}


def _serials(keys: set[UUID]) -> dict[UUID, str]:
    return dict(Certificate.objects.filter(key__in=keys).values_list("key", "serial"))
