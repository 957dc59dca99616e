"""The feed of completions: a copy is filled, then kept in step, and told what it may not keep.

A reader without a cursor is given every row that it may see, in the order of the enrolments' keys,
and from then on each change in the order in which it was committed. When what it may see becomes
another (its mandate, or the tree of institutions), the difference comes in between: rows that it
did not have, and for those that it may have no longer a tombstone. Rows are as they are when they
are read; one may come more than once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.models import Enrolment
from lrs.alongside import Horizon, end, following, horizon, last_place, place_of
from lrs.feed import current_epoch
from people.models import Mandate
from reports.cursors import Cursor
from reports.decisions import NOBODY, Decided, decisions_on, position_of
from reports.joining import rows
from reports.mandated import audience_of
from reports.models import Change, CompletionChange
from reports.pruning import is_pruned
from reports.row import CompletionRow
from reports.scopes import Covered, UnknownScope, cited, covered_by, within, without

# What is told of a row that the reader may not see (any more): its key, and nothing else.
GONE = "withdrawn_from_scope"
CHANGES = (*Change.values, GONE)


class StartAgain(LookupError):
    """The cursor is of an epoch that is over, of another mandate, or older than what the feed
    keeps; `cursor` begins anew.
    """

    def __init__(self, cursor: Cursor) -> None:
        super().__init__("start again")
        self.cursor = cursor


@dataclass(frozen=True)
class Entry:
    """One row as it is now, or a tombstone (without `row`); and what brought it here."""

    enrolment: UUID
    change: str
    row: CompletionRow | None
    position: str | None = None
    decided: Decided = NOBODY


@dataclass(frozen=True)
class Page:
    """`complete_through` is None while there is more to fetch."""

    entries: list[Entry]
    cursor: Cursor
    more: bool
    complete_through: datetime | None


def changes_after(*, mandate: Mandate, cursor: Cursor | None, limit: int) -> Page:
    """Return at most `limit` entries after a cursor, or the first ones. Raises StartAgain."""
    until = horizon(CompletionChange.objects.all())
    now = covered_by(mandate)
    cursor = _current(cursor or _beginning(mandate, until), mandate, until)
    try:
        if cursor.filling or cursor.held[-1:] != (now.digest,):
            return _levelled(mandate, _turned(cursor, now), now, limit)
        return _news(mandate, cursor, now, until, limit)
    except UnknownScope as lost:
        raise StartAgain(_beginning(mandate, until)) from lost


def _beginning(mandate: Mandate, until: Horizon) -> Cursor:
    return Cursor(audience_of(mandate), end(until))


def _current(cursor: Cursor, mandate: Mandate, until: Horizon) -> Cursor:
    lost = cursor.place.epoch != current_epoch() or cursor.audience != audience_of(mandate)
    if lost or is_pruned(cursor.place):
        raise StartAgain(_beginning(mandate, until))
    return cursor


def _turned(cursor: Cursor, now: Covered) -> Cursor:
    """Return the cursor of a reader who is being brought up to the scope of now."""
    if cursor.filling == now.digest:
        return cursor
    # What came under a scope that was left half-way may be there as well.
    held = tuple(dict.fromkeys((*cursor.held, *filter(None, [cursor.filling]))))
    return replace(cursor, held=held, filling=now.digest, passed=None)


def _levelled(mandate: Mandate, cursor: Cursor, now: Covered, limit: int) -> Page:
    """Return what distinguishes the scope of now from those the reader was served under."""
    held = cited(cursor.held)
    found = Enrolment.objects.filter(_difference(held, now)).order_by("registration")
    if cursor.passed:
        found = found.filter(registration__gt=cursor.passed)
    page = list(found[: limit + 1])
    entries = _entries(mandate, page[:limit], held, now)
    if len(page) > limit:
        return Page(entries, replace(cursor, passed=page[limit - 1].registration), True, None)
    # The former scopes are kept until the changes are read that came while they held.
    kept = tuple(digest for digest in cursor.held if digest != now.digest)
    done = Cursor(cursor.audience, cursor.place, (*kept, now.digest))
    return Page(entries, done, True, None)


def _difference(held: Sequence[Covered], now: Covered) -> Q:
    if not held or any(one.rights != now.rights for one in held):
        found = within(now)
    else:
        found = Q(pk__in=[])
        for one in held:
            found |= without(now, one)
    for one in held:
        found |= without(one, now)
    return found


def _entries(
    mandate: Mandate, page: Sequence[Enrolment], held: Sequence[Covered], now: Covered
) -> list[Entry]:
    seen = _rows(mandate, page, now)
    return [
        Entry(
            enrolment=enrolment.registration,
            change=_told(enrolment, held) if enrolment.registration in seen else GONE,
            row=seen.get(enrolment.registration),
        )
        for enrolment in page
    ]


def _told(enrolment: Enrolment, held: Sequence[Covered]) -> str:
    """A row that was there already comes again because the reader has other rights."""
    return Change.CHANGED if any(one.holds(enrolment) for one in held) else Change.NEW


def _news(mandate: Mandate, cursor: Cursor, now: Covered, until: Horizon, limit: int) -> Page:
    """Return the next changes of rows that the reader sees, or could see before they changed."""
    log = CompletionChange.objects.all()
    wanted = told_to(log, cited(cursor.held), now)
    found = list(following(wanted, cursor.place, until)[:limit])
    enrolments = Enrolment.objects.in_bulk([change.registration for change in found])
    seen = _rows(mandate, list(enrolments.values()), now)
    decisions = decisions_on(found, audience_of(mandate))
    entries = [
        Entry(
            enrolment=change.registration,
            change=change.change if change.registration in seen else GONE,
            row=(row := seen.get(change.registration)),
            position=position_of(change),
            decided=decisions[change.sequence] if row else NOBODY,
        )
        for change in found
    ]
    if len(found) == limit:
        return Page(entries, replace(cursor, place=place_of(found[-1])), True, None)
    # Nobody has to look again at what concerned others.
    place = last_place(log, cursor.place, until)
    done = Cursor(cursor.audience, place, (now.digest,))
    return Page(entries, done, False, until.through)


def told_to(
    log: "QuerySet[CompletionChange]", held: Sequence[Covered], now: Covered
) -> "QuerySet[CompletionChange]":
    """Return the changes of rows that are seen now, or could be before they changed."""
    mine = Enrolment.objects.filter(within(now), registration=OuterRef("registration"))
    wanted = Q(Exists(mine))
    for one in held:
        wanted |= Q(was_institution__in=one.institutions, was_profession__in=one.professions)
    return log.filter(wanted)


def _rows(mandate: Mandate, page: Sequence[Enrolment], now: Covered) -> dict[UUID, CompletionRow]:
    """Return the rows of those enrolments that lie in the scope of now."""
    mine = [enrolment for enrolment in page if now.holds(enrolment)]
    return {row.enrolment: row for row in rows(mandate=mandate, enrolments=mine)}
