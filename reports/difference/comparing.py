"""Rows that came, left or changed between two moments, as the log tells it.

Only what was touched between the two can differ; it is folded at both. Enrolments come in the
order of their keys, so that a reader goes on after the last one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lrs.then import touched_between
from people.models import Mandate
from reports.columns import Source, may_see
from reports.completions import completions
from reports.filters import Filters
from reports.row import COLUMNS, CompletionRow
from reports.schema import as_json
from reports.then.standing import matching_at

CAME, LEFT, CHANGED = "came", "left", "changed"
KINDS = (CAME, LEFT, CHANGED)
# So many are folded at once, fewer where a page is short: to fold is what takes time.
_LEAST, _BATCH = 50, 500
# A page looks at so many enrolments at most, also if few of them differ.
_MOST = 5000


@dataclass(frozen=True)
class Differing:
    """A row before and after; None where the report does not have it. `row` is the later one."""

    enrolment: UUID
    row: CompletionRow
    before: CompletionRow | None
    after: CompletionRow | None
    columns: tuple[str, ...]

    @property
    def kind(self) -> str:
        if self.before is None:
            return CAME
        return LEFT if self.after is None else CHANGED


@dataclass(frozen=True)
class Page:
    """`after` is the key of the last enrolment looked at; None if there is no more."""

    differing: list[Differing]
    after: UUID | None


def compared_columns(mandate: Mandate) -> list[str]:
    """Return the columns that are compared: those of the log that the mandate may see."""
    return [
        one.name
        for one in COLUMNS.values()
        if one.source != Source.JOINED and may_see(mandate, one)
    ]


def differences_between(
    *,
    mandate: Mandate,
    filters: Filters,
    since: datetime,
    until: datetime,
    after: UUID | None = None,
    limit: int = 100,
) -> Page:
    """Return at most `limit` differences of a report at two moments, after an enrolment."""
    found: list[Differing] = []
    looked_at, batch = 0, min(max(2 * limit, _LEAST), _BATCH)
    while looked_at < _MOST:
        keys = touched_between(since, until, after=after, limit=batch)
        for one in _compared(mandate, filters, keys, since, until):
            if len(found) == limit:
                return Page(found, found[-1].enrolment)
            found.append(one)
        if len(keys) < batch:
            return Page(found, None)
        after = keys[-1]
        looked_at += len(keys)
    return Page(found, after)


def values_of(row: CompletionRow | None, names: tuple[str, ...]) -> dict[str, Any] | None:
    """Return some columns of a row as the API gives them."""
    if row is None:
        return None
    said = as_json(row, "en")
    return {name: said[name] for name in names}


def _compared(
    mandate: Mandate, filters: Filters, keys: list[UUID], since: datetime, until: datetime
) -> Iterator[Differing]:
    query = completions(mandate=mandate, filters=filters)
    before, after = (
        {row.enrolment: row for row in matching_at(query, keys, moment).rows(mandate, keys)}
        for moment in (since, until)
    )
    columns = compared_columns(mandate)
    for key in keys:
        one, other = before.get(key), after.get(key)
        row = other or one
        if row is None:
            continue
        if one is None or other is None:
            yield Differing(key, row, one, other, tuple(columns))
        elif changed := [n for n in columns if getattr(one, n) != getattr(other, n)]:
            yield Differing(key, row, one, other, tuple(changed))
