"""Append statements: the one way into the log, for this site and for whoever sends by HTTP."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import randrange
from uuid import UUID

from lrs.entries import COLUMNS, Entry
from lrs.equivalence import are_equivalent
from lrs.lanes import follow_references
from lrs.models import Mention, Statement
from lrs.positions import LANES, first_position, last_position, position_after
from lrs.refusals import Conflict
from lrs.sql import among, as_uuid, insert, select

_TAKEN = "SELECT max(position) FROM lrs_statement WHERE position BETWEEN %s AND %s"


def append(entries: Sequence[Entry], *, attempt: int = 0) -> list[Entry]:
    """Write the entries that are new; return them. Must run inside a transaction.

    An entry whose id is in the log already is left out if it says the same: a retry changes
    nothing. Raises Conflict if it says something else; then nothing at all is written. What this
    site records is made anew at a retry, under an id of its own for each event: there the id
    alone decides, if it was this site that wrote it.

    Raises IntegrityError if somebody else took an id or a position at this very moment.
    """
    fresh = _not_known(entries)
    if not fresh:
        return []
    _place(fresh, attempt)
    _store(fresh)
    return fresh


def append_past(entries: Sequence[Entry]) -> None:
    """Write entries of moments long past, thousands at a time. Must run inside a transaction.

    Each moment has few of them: one question for all finds which places are taken already.
    Raises IntegrityError if one of the ids is in the log.
    """
    _place_in_past(entries)
    _store(entries)


def _store(fresh: Sequence[Entry]) -> None:
    rows = [(entry.position, *entry.row) for entry in fresh]
    insert(Statement, ("position", *COLUMNS), rows)
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


def _not_known(entries: Sequence[Entry]) -> list[Entry]:
    known = _known([entry.id for entry in entries if entry.given])
    fresh: dict[UUID, Entry] = {}
    for entry in entries:
        if entry.id in known:
            if not _is_retry(entry, *known[entry.id]):
                raise Conflict(f"statement {entry.id} exists already and says something else")
        else:
            fresh.setdefault(entry.id, entry)
    return list(fresh.values())


def _is_retry(entry: Entry, sender: int | None, text: str) -> bool:
    """Say whether an entry is what is in the log under its id already.

    Where somebody else took the id of an event of this site, nothing was recorded yet that counts,
    so that even the same words are no retry.
    """
    if entry.credential is None:
        return sender is None
    return are_equivalent(json.loads(text), entry.sent)


def _known(ids: Sequence[UUID]) -> dict[UUID, tuple[int | None, str]]:
    """Return sender and text of the statements that are in the log already."""
    if not ids:
        return {}
    condition, value = among("id", [as_uuid(id_) for id_ in ids])
    rows = select(f"SELECT id, credential_id, body FROM lrs_statement WHERE {condition}", [value])
    return {UUID(str(id_)): (sender, text) for id_, sender, text in rows}


def _place(entries: Sequence[Entry], attempt: int) -> None:
    """Give positions to entries, in the order given among those stored at one moment.

    Who found a place taken looks further, and leaves some room, more each time: writers that all
    took the next one would meet again and again, and one moment may have no more places.
    """
    further = timedelta(microseconds=16**attempt - 1)
    by_moment: dict[datetime, list[Entry]] = {}
    for entry in entries:
        by_moment.setdefault(entry.stored, []).append(entry)
    for stored, together in by_moment.items():
        ((taken,),) = select(_TAKEN, [first_position(stored), last_position(stored + further)])
        place = position_after(taken, stored) + LANES * randrange(16 * attempt + 1)  # noqa: S311
        for entry in together:
            entry.position = place
            place += LANES


def _place_in_past(entries: Sequence[Entry]) -> None:
    """Give each entry the first free position of its moment, or of the next that has one."""
    waiting, taken = list(entries), set[int]()
    for entry in waiting:
        entry.position = first_position(entry.stored)
    while waiting:
        taken |= _taken({entry.position for entry in waiting})
        again = []
        for entry in waiting:
            if entry.position in taken:
                entry.position += LANES
                again.append(entry)
            else:
                taken.add(entry.position)
        waiting = again


def _taken(places: Iterable[int]) -> set[int]:
    condition, value = among("position", list(places))
    return {p for (p,) in select(f"SELECT position FROM lrs_statement WHERE {condition}", [value])}
