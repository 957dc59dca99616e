"""The log as somebody who looks after it reads it: rows, one statement with its surroundings, days.

Nothing here is for clients: it shows who sent what, and also what was taken back.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDay

from lrs.dictionary import definitions_of
from lrs.models import Mention, Statement, Voided
from lrs.positions import LANES
from lrs.searching import Query, search
from xapi.mentions import REFERENCE, key
from xapi.verbs import VOIDED


@dataclass(frozen=True)
class Row:
    """A statement in a list. `definition` is what is known of the activity it is about."""

    statement: Statement
    is_voided: bool
    definition: dict[str, Any] | None = None

    @cached_property
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.statement.body)
        return body


@dataclass(frozen=True)
class Day:
    """How many statements were stored on a day: by this site, and by others."""

    day: date
    ours: int
    theirs: int

    @property
    def total(self) -> int:
        return self.ours + self.theirs


def page(query: Query) -> tuple[list[Row], int | None]:
    """Return the rows of one page, and where the next one begins (None: there is none)."""
    found = search(query)
    statements = Statement.objects.filter(position__in=found.positions)
    by_position = {one.position: one for one in statements.select_related("credential")}
    return _rows([by_position[place] for place in found.positions]), found.after


def one(id_: UUID) -> Row | None:
    """Return a statement, also one that was taken back."""
    found = Statement.objects.filter(id=id_).select_related("credential")
    return next(iter(_rows(found)), None)


def referring_to(id_: UUID, limit: int) -> list[Row]:
    """Return the statements about a statement, the newest first, at most `limit`."""
    places = Mention.objects.filter(key=key(REFERENCE, str(id_)), direct=True)
    newest = places.order_by("-position").values_list("position", flat=True)[: limit * LANES]
    own = [place for place in newest if place % LANES == 0][:limit]
    found = Statement.objects.filter(position__in=own).select_related("credential")
    return _rows(found.order_by("-position"))


def per_day(since: datetime) -> list[Day]:
    """Return how much was stored on each day since a moment; days with nothing are left out."""
    rows = (
        Statement.objects.filter(stored__gte=since)
        .order_by()
        .annotate(day=TruncDay("stored"))
        .values("day")
        .annotate(ours=Count("pk", filter=Q(credential=None)), total=Count("pk"))
        .order_by("day")
    )
    return [Day(row["day"].date(), row["ours"], row["total"] - row["ours"]) for row in rows]


def _rows(statements: "Iterable[Statement] | QuerySet[Statement]") -> list[Row]:
    found = list(statements)
    voided = Voided.objects.in_bulk([one.id for one in found])
    known = definitions_of({one.activity for one in found if one.activity})
    return [Row(one, _is_voided(one, voided), known.get(one.activity)) for one in found]


def _is_voided(statement: Statement, voided: dict[UUID, Voided]) -> bool:
    """Say whether a statement was taken back by somebody who may."""
    void = voided.get(statement.id)
    if void is None or statement.verb == VOIDED.id:
        return False
    return void.takes_back(statement.credential_id)
