"""Find statements: one range of the index for each filter, read in the order of storing.

Source: xAPI 1.0.3 Communication 2.1.3, IEEE 9274.1.1 4.1.6.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from lrs.positions import LANES, last_position, statement_position
from lrs.sql import as_uuid, moment_of
from xapi.verbs import VOIDED


@dataclass(frozen=True)
class Filter:
    """A key that must be mentioned; `related` finds it also where it is not mentioned directly."""

    key: int
    related: bool = False


@dataclass(frozen=True)
class Query:
    """What is asked for. `after` is the position of the last statement of the page before, and
    `credential` the sender of all that may be seen; `is_ours` asks for what this site recorded,
    `with_voided` also for what was taken back.

    The filter that is likely to find the fewest statements comes first.
    """

    filters: tuple[Filter, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    ascending: bool = False
    limit: int = 100
    after: int | None = None
    credential: int | None = None
    is_ours: bool = False
    with_voided: bool = False


@dataclass
class Page:
    """The texts found, the position of each, and where the next page begins."""

    positions: list[int] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    after: int | None = None
    newest: datetime | None = None


def find(
    id_: UUID, *, voided: bool = False, credential: int | None = None
) -> tuple[str, datetime] | None:
    """Return the text of the statement with this id and when it was stored.

    `voided` asks for one that was taken back; each is found by its own question only.
    """
    sql = (
        "SELECT s.body, s.stored FROM lrs_statement s WHERE s.id = %s "
        f"AND {'' if voided else 'NOT '}{_TAKEN_BACK}"
    )
    values: list[Any] = [as_uuid(id_)]
    if credential is not None:
        sql += " AND s.credential_id = %s"
        values.append(credential)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return (row[0], moment_of(row[1])) if row else None


def search(query: Query) -> Page:
    """Return one page of statements."""
    page = Page()
    place = query.after
    seen: int | None = place if place is None else statement_position(place)
    while True:
        rows = _rows(query, place)
        for position, body, stored in rows:
            place = position
            if statement_position(position) == seen:
                continue
            if len(page.bodies) == query.limit:
                page.after = seen
                return page
            seen = statement_position(position)
            page.positions.append(seen)
            page.bodies.append(body)
            page.newest = max(page.newest or moment_of(stored), moment_of(stored))
        if len(rows) <= query.limit:
            return page


# A statement that takes another back cannot be taken back itself (xAPI Data 2.3.2). Only this
# site takes back what this site recorded, and a client without the scope `all` its own alone.
_TAKEN_BACK = (
    f"(s.verb <> '{VOIDED.id}' AND EXISTS (SELECT 1 FROM lrs_voided v "
    "WHERE v.target = s.id AND (v.by_site OR (s.credential_id IS NOT NULL "
    "AND (v.sender IS NULL OR v.sender = s.credential_id)))))"
)


def _rows(query: Query, place: int | None) -> list[tuple[int, str, Any]]:
    sql, values = _sql(query, place)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[int, str, Any]] = cursor.fetchall()
    return found


def _sql(query: Query, place: int | None) -> tuple[str, list[Any]]:
    """Return a SELECT of positions, texts and moments: as many as asked for, and one more."""
    if not query.filters:
        return _select(query, place, "s.position", "lrs_statement s", [])
    if not query.filters[0].related:
        return _driven(query, place, direct=True)
    # Two ranges of the index, each in its order: merge what is needed of both, sort no more.
    (one_, values), (other, more) = (
        _driven(query, place, direct=direct) for direct in (True, False)
    )
    union = f"SELECT * FROM ({one_}) a UNION ALL SELECT * FROM ({other}) b"
    return f"{union} ORDER BY 1 {_order(query)} LIMIT %s", [*values, *more, query.limit + 1]


def _driven(query: Query, place: int | None, *, direct: bool) -> tuple[str, list[Any]]:
    """Walk along the range of the first filter, and look each place up in the others."""
    first, *others = query.filters
    source = (
        "lrs_mention m JOIN lrs_statement s "
        f"ON s.position = (m.position & -{LANES}) AND m.key = %s AND m.direct = %s"
    )
    where: list[tuple[str, list[Any]]] = [
        (
            "EXISTS (SELECT 1 FROM lrs_mention o WHERE o.key = %s AND o.direct IN (%s, %s) "
            "AND o.position = m.position)",
            [other.key, True, not other.related],
        )
        for other in others
    ]
    sql, values = _select(query, place, "m.position", source, where)
    return sql, [first.key, direct, *values]


def _select(
    query: Query, place: int | None, at: str, source: str, where: list[tuple[str, list[Any]]]
) -> tuple[str, list[Any]]:
    where = [*where, *_between(query, place, at), *_whose(query)]
    sql = (
        f"SELECT {at}, s.body, s.stored FROM {source} "
        f"WHERE {' AND '.join(condition for condition, _ in where) or 'TRUE'} "
        f"ORDER BY {at} {_order(query)} LIMIT %s"
    )
    values = [value for _, given in where for value in given]
    return sql, [*values, query.limit + 1]


def _whose(query: Query) -> Iterator[tuple[str, list[Any]]]:
    if not query.with_voided:
        yield f"NOT {_TAKEN_BACK}", []
    if query.credential is not None:
        yield "s.credential_id = %s", [query.credential]
    if query.is_ours:
        yield "s.credential_id IS NULL", []


def _between(query: Query, place: int | None, at: str) -> list[tuple[str, list[Any]]]:
    """Limit the places to what was stored after `since` and until `until`, and to what is left."""
    lowest, highest = [], []
    if query.since:
        lowest.append(last_position(query.since))
    if query.until:
        highest.append(last_position(query.until) + 1)
    if place is not None:
        (lowest if query.ascending else highest).append(place)
    return [
        *((f"{at} > %s", [max(lowest)]) for _ in lowest[:1]),
        *((f"{at} < %s", [min(highest)]) for _ in highest[:1]),
    ]


def _order(query: Query) -> str:
    return "ASC" if query.ascending else "DESC"
