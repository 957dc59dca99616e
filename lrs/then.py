"""Projections as they stood at a moment, made anew in memory from what was stored by then.

A void is dated as every statement is: what it takes back counted until the void was stored. Where
nothing was stored since, and nothing was ever taken back, a row stands as it is now; so only the
registrations that were *touched* since have to be folded. Whoever reads what is live, and then
asks what was touched, misses nothing that happens meanwhile.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from lrs.events import Event
from lrs.folding import projections
from lrs.models import Epoch, Mention, ProjectedRow, Statement, Voided
from lrs.positions import first_position
from lrs.rebuilding import rebuilt
from xapi.mentions import REFERENCE, key
from xapi.verbs import VOIDED

Tables = Mapping[type[ProjectedRow], list[ProjectedRow]]
_BATCH = 2000


def folded_at(
    registrations: Collection[UUID], moment: datetime, models: Collection[type[ProjectedRow]]
) -> Tables:
    """Return the unsaved rows of these models for some registrations, as they stood at a moment.

    At most four queries, for any number of registrations.
    """
    wanted = [one for one in projections() if not set(models).isdisjoint(one.models)]
    verbs = {verb for one in wanted for verb in one.verbs}
    log = _ours().filter(registration__in=registrations, verb__in=verbs, stored__lte=moment)
    stored = [Event.of(row) for row in log.order_by("stored", "id")]
    gone = _taken_back([event.id for event in stored], moment)
    tables = rebuilt((event for event in stored if event.id not in gone), wanted)
    return {model: [_as_read(row) for row in tables[model]] for model in models}


def touched_after(moment: datetime) -> Iterator[UUID]:
    """Yield the registrations whose rows may stand otherwise now; one may come more than once."""
    later = _ours().filter(stored__gt=moment, registration__isnull=False)
    for found in (later.order_by("stored", "id"), _corrected()):
        for registration in found.values_list("registration", flat=True).iterator(_BATCH):
            if registration:
                yield registration


def touched_among(registrations: Collection[UUID], moment: datetime) -> set[UUID]:
    """Return those of the registrations whose rows may stand otherwise now than at a moment."""
    mine = Q(registration__in=registrations)
    later = _ours().filter(mine, stored__gt=moment).values("registration")
    found = later.union(_corrected().filter(mine).values("registration"))
    return {row["registration"] for row in found if row["registration"]}


def touched_between(
    since: datetime, until: datetime, *, after: UUID | None, limit: int
) -> list[UUID]:
    """Return registrations whose rows may differ at two moments, in the order of their keys.

    At most `limit`, of those that come after a key. Two queries.
    """
    there = Q(registration__isnull=False)
    if after:
        there &= Q(registration__gt=after)
    stored = _ours().filter(there, stored__gt=since, stored__lte=until)
    found: set[UUID] = set()
    for some in (stored, _corrected().filter(there)):
        keys = some.order_by("registration").values_list("registration", flat=True).distinct()
        found.update(one for one in keys[:limit] if one)
    return sorted(found)[:limit]


def last_position_at(moment: datetime) -> int | None:
    """Return the position of the last statement of this site that was stored by a moment."""
    # A crowded moment gives places a little further on; this only spares a look at all that is.
    near = _ours().filter(position__lt=first_position(moment + timedelta(minutes=1)))
    found = near.filter(stored__lte=moment).order_by("-position")
    return found.values_list("position", flat=True).first()


def epoch_at(moment: datetime) -> UUID:
    """Return which life of the log it was at a moment."""
    begun = Epoch.objects.filter(began__lte=moment).order_by("-began").first()
    return begun.id if begun else UUID(int=0)


def _ours() -> "QuerySet[Statement]":
    return Statement.objects.filter(credential=None).order_by()


def _corrected() -> "QuerySet[Statement]":
    """Return the statements that were taken back at any time: there are few."""
    return _ours().filter(id__in=Voided.objects.filter(by_site=True).values("target"))


def _taken_back(ids: Iterable[UUID], moment: datetime) -> set[UUID]:
    """Return which statements were taken back by a moment."""
    voided = set(
        Voided.objects.filter(target__in=list(ids), by_site=True).values_list("target", flat=True)
    )
    if not voided:
        return voided
    places = Mention.objects.filter(
        key__in=[key(REFERENCE, str(target)) for target in voided], direct=True
    )
    voids = _ours().filter(verb=VOIDED.id, position__in=places.values("position"))
    first = voids.values("activity").annotate(first=Min("stored"))
    dated = {UUID(row["activity"]): row["first"] for row in first}
    return {target for target in voided if target in dated and dated[target] <= moment}


def _as_read(row: ProjectedRow) -> ProjectedRow:
    """Return the row with its values as the database would give them back."""
    for field in row._meta.concrete_fields:
        value: Any = field.to_python(getattr(row, field.attname))
        if isinstance(value, datetime):
            value = value.astimezone(UTC)
        setattr(row, field.attname, value)
    return row
