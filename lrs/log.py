"""The one writer of the log: append, fold and enqueue reactions in one transaction."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from tincan import Statement as XapiStatement

from lrs.applying import apply
from lrs.events import Event
from lrs.folding import changes_of
from lrs.models import Statement, Voided
from lrs.reactions import react
from lrs.rebuilding import refold
from xapi import verbs
from xapi.iris import BASE

_TRIES = 3
# Who vouches for statements written here: the server itself (xAPI Data 2.4.9).
AUTHORITY = {"objectType": "Agent", "account": {"homePage": BASE, "name": "server"}}


def record(statements: Iterable[XapiStatement], *, at: datetime) -> list[Event]:
    """Append statements; return those that are new.

    A statement whose id is known already is not written again: a retry changes nothing.
    `at` becomes `stored`. Either everything is written, or nothing.
    """
    rows = {row.id: row for row in (_row(statement, at) for statement in statements)}
    with transaction.atomic():
        fresh = [Event.of(row) for row in _append(list(rows.values()))]
        _take_back(fresh)
        valid = _not_voided(fresh)
        apply(changes_of(valid))
        react(valid)
    return fresh


def _row(statement: XapiStatement, at: datetime) -> Statement:
    body = json.loads(statement.to_json())
    body |= {"stored": at.isoformat(), "authority": AUTHORITY}
    target = body["object"]
    registration = body.get("context", {}).get("registration")
    return Statement(
        id=UUID(body["id"]),
        stored=at,
        timestamp=statement.timestamp,
        actor=UUID(body["actor"]["account"]["name"]),
        verb=body["verb"]["id"],
        activity=target["id"],
        activity_type=target.get("definition", {}).get("type", ""),
        registration=UUID(registration) if registration else None,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    )


def _append(rows: Sequence[Statement]) -> list[Statement]:
    for attempt in range(_TRIES):
        known = set(
            Statement.objects.filter(id__in=[row.id for row in rows]).values_list("id", flat=True)
        )
        fresh = [row for row in rows if row.id not in known]
        try:
            with transaction.atomic():
                return Statement.objects.bulk_create(fresh)
        except IntegrityError:
            # The same statement was appended at this moment by another request.
            if attempt == _TRIES - 1:
                raise
    return []


def _take_back(events: Sequence[Event]) -> None:
    targets = [UUID(event.activity) for event in events if event.verb == verbs.VOIDED.id]
    if not targets:
        return
    Voided.objects.bulk_create([Voided(target=t) for t in targets], ignore_conflicts=True)
    registrations = Statement.objects.filter(id__in=targets).values_list("registration", flat=True)
    for registration in sorted({r for r in registrations if r}):
        refold(registration)


def _not_voided(events: Sequence[Event]) -> list[Event]:
    voided = set(
        Voided.objects.filter(target__in=[event.id for event in events]).values_list(
            "target", flat=True
        )
    )
    return [event for event in events if event.id not in voided]
