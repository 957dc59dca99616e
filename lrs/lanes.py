"""A statement about a statement is found by whatever finds the other (xAPI Communication 2.1.3).

The first lane of a statement's position holds its own mentions, the next those of the statement
it refers to, and so on. Each filter of one request is answered within one lane, so that a
statement is never found by half of itself and half of another.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from uuid import UUID

from lrs.entries import Entry
from lrs.models import Mention, Statement
from lrs.positions import LANES
from lrs.sql import among, select
from xapi.mentions import REFERENCE, Mentions, key, mentions, referred


def follow_references(entries: Sequence[Entry]) -> None:
    """Complete the lanes of new statements, and of earlier ones that waited for them."""
    rows = []
    for entry in entries:
        target = entry.refers_to
        if target:
            rows += _rows(entry.position, 1, _lanes(target))
    if rows:
        Mention.objects.bulk_create(rows, ignore_conflicts=True)
    answer_waiting(entries)


def answer_waiting(entries: Sequence[Entry]) -> None:
    """Give new mentions to statements that came before the one they refer to."""
    for rows in _of_referring([entry.id for entry in entries]):
        Mention.objects.bulk_create(rows, ignore_conflicts=True)


def withdrawn(statements: Iterable[tuple[UUID, int, str]]) -> list[tuple[int, int]]:
    """Return keys and positions of all that stands in the index because of some statements.

    They are given by id, position and text, and must still be in the log. What statements about
    them owe to them is there as well.
    """
    rows, ids = [], []
    for id_, position, text in statements:
        body = json.loads(text)
        target = referred(body)
        ids.append(id_)
        rows += _rows(position, 0, [mentions(body)])
        rows += _rows(position, 1, _lanes(UUID(target))) if target else []
    rows += [row for found in _of_referring(ids) for row in found]
    return [(row.key, row.position) for row in rows]


def _of_referring(found_ids: Sequence[UUID]) -> Iterator[list[Mention]]:
    """Yield, lane by lane, what statements that refer to these are found by because of them."""
    ids = {key(REFERENCE, str(id_)): id_ for id_ in found_ids}
    waiting = _referring(ids)
    if not waiting:
        return
    lanes = {id_: _lanes(id_) for id_ in waiting.values()}
    for lane in range(1, LANES):
        yield [row for place, id_ in waiting.items() for row in _rows(place, lane, lanes[id_])]
        if not waiting:
            return
        # Who refers to those that refer: the same mentions, one lane further.
        found = Statement.objects.filter(position__in=list(waiting)).values_list("id", "position")
        waiting = _referring({key(REFERENCE, str(id_)): waiting[place] for id_, place in found})


def _referring(ids: dict[int, UUID]) -> dict[int, UUID]:
    """Return the positions of statements about others, with what they are about."""
    if not ids:
        return {}
    condition, value = among("key", list(ids))
    found = select(f"SELECT key, position FROM lrs_mention WHERE {condition} AND direct", [value])
    return {place: ids[reference] for reference, place in found if place % LANES == 0}


def _lanes(target: UUID) -> list[Mentions]:
    """Return the mentions of a statement, of the one it refers to, and so on."""
    lanes: list[Mentions] = []
    wanted: UUID | None = target
    while wanted and len(lanes) < LANES - 1:
        text = Statement.objects.filter(id=wanted).values_list("body", flat=True).first()
        if text is None:
            break
        body = json.loads(text)
        lanes.append(mentions(body))
        further = referred(body)
        wanted = UUID(further) if further else None
    return lanes


def _rows(position: int, lane: int, lanes: Sequence[Mentions]) -> list[Mention]:
    return [
        Mention(key=one, direct=direct, position=position + at)
        for at, found in enumerate(islice(lanes, LANES - lane), start=lane)
        for one, direct in found.items()
    ]
