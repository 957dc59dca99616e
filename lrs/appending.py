"""Append statements: the one way into the log, for this site and for everybody who sends by HTTP."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from lrs.comparing import is_same
from lrs.entries import Entry
from lrs.lanes import follow_references
from lrs.models import Mention, Statement
from lrs.positions import LANES, first_position, last_position, position_after
from lrs.refusals import Conflict
from lrs.sql import adapted, insert

_TRIES = 5
_COLUMNS = (
    "id", "position", "stored", "timestamp", "credential_id", "actor", "verb", "activity",
    "activity_type", "registration", "body",
)  # fmt: skip


def append(entries: Sequence[Entry]) -> list[Entry]:
    """Write the entries that are new; return them.

    An entry whose id is in the log already is left out if it says the same: a retry changes
    nothing. Raises Conflict if it says something else; then nothing at all is written. What this
    site records is made anew at a retry, under an id of its own for each event: there the id
    alone decides, if it was this site that wrote it.
    Must run inside a transaction.
    """
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _append(entries)
        except IntegrityError:
            # At this moment somebody else took one of the ids, or a position: look again.
            if attempt == _TRIES - 1:
                raise
    return []


def _append(entries: Sequence[Entry]) -> list[Entry]:
    fresh = _not_known(entries)
    if not fresh:
        return []
    _place(fresh)
    insert(Statement, _COLUMNS, _rows(fresh))
    insert(
        Mention,
        ("key", "direct", "position"),
        [
            (key, direct, entry.position)
            for entry in fresh
            for key, direct in entry.mentions.items()
        ],
    )
    follow_references(fresh)
    return fresh


def _not_known(entries: Sequence[Entry]) -> list[Entry]:
    asked = [entry.id for entry in entries if entry.given]
    found = Statement.objects.filter(id__in=asked).values_list("id", "credential_id", "body")
    known = {id_: (sender, body) for id_, sender, body in found} if asked else {}
    fresh: dict[UUID, Entry] = {}
    for entry in entries:
        if entry.id in known:
            sender, text = known[entry.id]
            ours = entry.credential is None and sender is None
            if not ours and not is_same(text, entry.body, dated=entry.dated):
                raise Conflict(f"statement {entry.id} exists already and says something else")
        else:
            fresh.setdefault(entry.id, entry)
    return list(fresh.values())


def _place(entries: Sequence[Entry]) -> None:
    """Give positions to entries that are stored at one moment."""
    by_moment: dict[Any, list[Entry]] = {}
    for entry in entries:
        by_moment.setdefault(entry.stored, []).append(entry)
    for stored, together in by_moment.items():
        taken = Statement.objects.filter(
            position__gte=first_position(stored), position__lte=last_position(stored)
        ).order_by("-position")
        place = position_after(taken.values_list("position", flat=True).first(), stored)
        for entry in together:
            entry.position = place
            place += LANES


def _rows(entries: Iterable[Entry]) -> list[tuple[Any, ...]]:
    """Return the values of `_COLUMNS`."""
    return [_row(entry) for entry in entries]


def _row(entry: Entry) -> tuple[Any, ...]:
    target = entry.body["object"]
    moments = adapted("stored", Statement, (entry.stored, entry.timestamp))
    ids = adapted("registration", Statement, (entry.id, entry.actor, entry.registration))
    return (
        ids[0],
        entry.position,
        *moments,
        entry.credential,
        ids[1],
        entry.body["verb"]["id"],
        target.get("id", ""),
        target.get("definition", {}).get("type", ""),
        ids[2],
        entry.text,
    )


