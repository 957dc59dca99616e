"""What may go after a time: statements that others sent here, by verb and age (LRS_RETENTION).

What this site recorded is never touched: certificates rest on it, and everything shown is folded
from it. What goes leaves a count behind: how many, of which verb and day, by which rule, when.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from lrs.attachments import attached, hash_of
from lrs.lanes import withdrawn
from lrs.models import Removal, Statement
from lrs.parsing import parse
from lrs.unattached import sweep
from xapi.data import Malformed, check_iri

EVERY_OTHER = "*"
_BATCH = 500
Row = tuple[UUID, int, str, datetime, str]


class RuleRefused(ValueError):
    """A rule that cannot be followed; the message says why."""


@dataclass(frozen=True)
class Rule:
    """Statements with a verb go so many days after they were stored."""

    verb: str
    days: int

    def __str__(self) -> str:
        return f"{self.verb} after {self.days} days"


@dataclass(frozen=True)
class Plan:
    """How many statements of a verb and month a rule removes."""

    rule: Rule
    verb: str
    month: date
    count: int


def rules() -> dict[str, Rule]:
    """Return the rules by their verbs; `*` stands for all verbs without one. Raises RuleRefused."""
    given = settings.LRS_RETENTION
    if not isinstance(given, dict):
        raise RuleRefused('Write {"verb": days}.')
    return {verb: _rule(verb, days) for verb, days in given.items()}


def planned(at: datetime) -> list[Plan]:
    """Return what `remove` would remove. Raises RuleRefused."""
    found = rules()
    months = _due(found, at).annotate(month=TruncMonth("stored")).values("verb", "month")
    counted = months.annotate(count=Count("sequence")).order_by("verb", "month")
    return [
        Plan(_rule_for(found, row["verb"]), row["verb"], row["month"].date(), row["count"])
        for row in counted
    ]


def remove(at: datetime) -> Iterator[int]:
    """Remove what is due, a transaction for each few hundred; yield how many went.

    Then attachments go that no statement names any more. Stopped at any moment, the next run
    goes on; only the attachments of what went before the stop stay. Raises RuleRefused.
    """
    found = rules()
    hashes: set[str] = set()
    place: int | None = None
    while rows := _batch(found, at, place):
        with transaction.atomic():
            _delete(rows)
            _count(found, rows, at)
        place = rows[-1][1]
        hashes.update(_hashes(rows))
        yield len(rows)
    sweep(hashes)


def _rule(verb: str, days: Any) -> Rule:
    if type(days) is not int or days < 1:
        raise RuleRefused(f"{verb}: give a whole number of days, 1 or more.")
    try:
        return Rule(verb if verb == EVERY_OTHER else check_iri(verb, "verb"), days)
    except Malformed as error:
        raise RuleRefused(f"{verb}: a verb is an IRI, or * for every other.") from error


def _rule_for(found: dict[str, Rule], verb: str) -> Rule:
    return found[verb] if verb in found else found[EVERY_OTHER]


def _due(found: dict[str, Rule], at: datetime) -> QuerySet[Statement]:
    due = Q(pk__in=[])
    for verb, rule in found.items():
        old = Q(stored__lt=at - timedelta(days=rule.days))
        due |= old & (~Q(verb__in=list(found)) if verb == EVERY_OTHER else Q(verb=verb))
    return Statement.objects.filter(due, credential__isnull=False)


def _batch(found: dict[str, Rule], at: datetime, place: int | None) -> list[Row]:
    """Return the next ones due, in the order of storing, after a position."""
    due = _due(found, at).order_by("position")
    if place is not None:
        due = due.filter(position__gt=place)
    return list(due.values_list("id", "position", "verb", "stored", "body")[:_BATCH])


def _delete(rows: Sequence[Row]) -> None:
    """Delete statements and what the index says of them. Must run inside a transaction."""
    places = withdrawn((id_, position, body) for id_, position, _, _, body in rows)
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM lrs_mention WHERE key = %s AND direct IN (%s, %s) AND position = %s",
            [(key, True, False, position) for key, position in places],
        )
    Statement.objects.filter(id__in=[row[0] for row in rows]).delete()


def _count(found: dict[str, Rule], rows: Sequence[Row], at: datetime) -> None:
    counted = Counter((verb, stored.date()) for _, _, verb, stored, _ in rows)
    for (verb, day), count in counted.items():
        removal, _ = Removal.objects.get_or_create(
            removed_at=at,
            verb=verb,
            day=day,
            defaults={"rule": str(_rule_for(found, verb)), "count": 0},
        )
        Removal.objects.filter(pk=removal.pk).update(count=F("count") + count)


def _hashes(rows: Sequence[Row]) -> set[str]:
    bodies = [parse(body.encode()) for *_, body in rows if '"attachments"' in body]
    return {hash_of(attachment) for body in bodies for attachment in attached(body)}
