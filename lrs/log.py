"""The one writer of the log: append, fold and enqueue reactions in one transaction."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from tincan import Statement as XapiStatement

from lrs.appending import append
from lrs.applying import apply
from lrs.entries import Entry
from lrs.events import Event
from lrs.folding import changes_of
from lrs.models import Statement, Voided
from lrs.reactions import react
from lrs.rebuilding import refold
from lrs.sql import is_collision
from lrs.watching import Cause, tell
from xapi.iris import BASE

_TRIES = 10
# Who vouches for statements written here: the server itself (xAPI Data 2.4.9).
AUTHORITY = {"objectType": "Agent", "account": {"homePage": BASE, "name": "server"}}


def record(statements: Iterable[XapiStatement], *, at: datetime) -> list[Event]:
    """Append statements of this site; return those that are new.

    A statement whose id is known already is not written again: a retry changes nothing.
    `at` becomes `stored`. Either everything is written, or nothing.
    """
    fresh = write([entry_of(statement, at) for statement in statements])
    return [Event.of_entry(entry) for entry in fresh]


def write(entries: Sequence[Entry]) -> list[Entry]:
    """Append entries, fold what this site vouches for, and set reactions in motion.

    What came from elsewhere is kept and can be searched, but decides nothing: a statement that a
    browser or a package sends is evidence, never a verdict. Returns the entries that are new.
    """
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _write(entries, attempt)
        except DatabaseError as error:
            # At this moment somebody else took one of the ids, or a position: look again.
            if attempt == _TRIES - 1 or not is_collision(error):
                raise
    return []


def _write(entries: Sequence[Entry], attempt: int) -> list[Entry]:
    fresh = append(entries, attempt=attempt)
    _take_back(fresh)
    valid = _not_voided([Event.of_entry(entry) for entry in fresh if not entry.credential])
    tell(apply(changes_of(valid)), Cause.of(valid))
    react(valid)
    return fresh


def entry_of(statement: XapiStatement, at: datetime) -> Entry:
    """Return a statement of this site as it is written: stored at a moment, vouched for by us."""
    body = json.loads(statement.to_json())
    body |= {"stored": at.isoformat(), "authority": AUTHORITY}
    entry = Entry(id=UUID(body["id"]), body=body, stored=at, timestamp=statement.timestamp)
    return entry.complete()


def _take_back(entries: Sequence[Entry]) -> None:
    voids = {target: entry for entry in entries if (target := entry.voids)}
    if not voids:
        return
    Voided.objects.bulk_create(
        [_voided(target, entry) for target, entry in voids.items()], ignore_conflicts=True
    )
    widely = [target for target, entry in voids.items() if entry.voids_all]
    Voided.objects.filter(target__in=widely).exclude(sender=None).update(sender=None)
    ours = [target for target, entry in voids.items() if entry.credential is None]
    Voided.objects.filter(target__in=ours, by_site=False).update(by_site=True)
    found = Statement.objects.filter(id__in=ours, credential=None)
    taken = {row.registration: voids[row.id] for row in found if row.registration}
    for registration in sorted(taken):
        event = Event.of_entry(taken[registration])
        tell(refold(registration), Cause({registration: event}, is_correction=True))


def _voided(target: UUID, entry: Entry) -> Voided:
    sender = None if entry.voids_all else entry.credential
    return Voided(target=target, by_site=entry.credential is None, sender=sender)


def _not_voided(events: Sequence[Event]) -> list[Event]:
    if not events:
        return []
    voided = set(
        Voided.objects.filter(target__in=[event.id for event in events], by_site=True).values_list(
            "target", flat=True
        )
    )
    return [event for event in events if event.id not in voided]
