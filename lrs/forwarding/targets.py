"""Targets: made and changed by an administrator, paused, resumed, and filled from any point."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from lrs.feed import Place, PlaceLost, beginning, place_before, read, waiting
from lrs.forwarding.endpoints import checked_endpoint
from lrs.forwarding.sealing import seal
from lrs.models import Forwarding
from xapi.verbs import VOIDED

MOST_COUNTED = 10_000


class Flow(StrEnum):
    """Whether statements flow to a target."""

    RUNNING = "running"
    WAITING = "waiting"  # it could not be reached, and is tried again by itself
    PAUSED = "paused"  # by an administrator


@dataclass(frozen=True)
class State:
    """How a target stands. `waiting` counts up to MOST_COUNTED, and `dead` its dead letters."""

    flow: Flow
    waiting: int
    dead: int


def save(forwarding: Forwarding, *, secret: str = "") -> None:
    """Store a target that is new or was changed; without a secret the old one stays.

    Raises EndpointRefused. What was changed is tried at once.
    """
    forwarding.endpoint = checked_endpoint(forwarding.endpoint)
    if secret:
        forwarding.secret = seal(secret)
    _try_at_once(forwarding)
    if forwarding.pk is None:
        _put(forwarding, place_of(forwarding) or start_of(forwarding))
        forwarding.save()
        return
    forwarding.save(
        update_fields=[
            *("name", "endpoint", "username", "secret", "version", "verbs", "only_ours"),
            *("paused_reason", "failures", "next_try", "lease", "leased_until"),
        ]
    )


def pause(forwarding: Forwarding) -> None:
    """Send nothing more, until it is resumed; the place is kept."""
    forwarding.is_active = False
    forwarding.lease = None
    forwarding.save(update_fields=["is_active", "lease"])


def resume(forwarding: Forwarding) -> None:
    """Go on where it was left, at once; also after failures."""
    forwarding.is_active = True
    _try_at_once(forwarding)
    forwarding.save(
        update_fields=[
            *("is_active", "paused_reason", "failures", "next_try", "lease", "leased_until"),
        ]
    )


def back_fill(forwarding: Forwarding, *, since: datetime | None) -> None:
    """Send again everything stored since a moment, or from the beginning.

    What the target has already it knows by the id. A moment that lies ahead of what was
    delivered skips nothing.
    """
    if since is None or (forwarding.since and since < forwarding.since):
        forwarding.since = since
    place, new = place_of(forwarding), beginning() if since is None else place_before(since)
    if place and place.epoch == new.epoch and _order(new) < _order(place):
        _put(forwarding, new)
    forwarding.lease = None
    forwarding.save(update_fields=["since", "epoch", "transaction", "sequence", "lease"])


def place_of(forwarding: Forwarding) -> Place | None:
    """Return how far a target has got in the log; None before its first statement."""
    if forwarding.epoch is None:
        return None
    return Place(forwarding.epoch, forwarding.transaction, forwarding.sequence)


def start_of(forwarding: Forwarding) -> Place:
    """Return where a target begins that has no place yet, or has lost it."""
    return place_before(forwarding.since) if forwarding.since else beginning()


def has_more(forwarding: Forwarding) -> bool:
    """Say whether the feed has something that this target has not gone past yet."""
    try:
        rows, _ = read(place_of(forwarding) or start_of(forwarding), 1)
    except PlaceLost:
        return True
    return bool(rows)


def state_of(forwarding: Forwarding) -> State:
    """Return how a target stands."""
    if not forwarding.is_active:
        flow = Flow.PAUSED
    else:
        flow = Flow.WAITING if forwarding.failures else Flow.RUNNING
    return State(
        flow=flow,
        waiting=_waiting(forwarding) + forwarding.letters.exclude(next_try=None).count(),
        dead=forwarding.letters.filter(next_try=None).count(),
    )


def _waiting(forwarding: Forwarding) -> int:
    found = waiting(place_of(forwarding))
    if forwarding.only_ours:
        found = found.filter(credential=None)
    if forwarding.since:
        found = found.filter(stored__gte=forwarding.since)
    if forwarding.verbs:
        found = found.filter(Q(verb__in=forwarding.verbs) | Q(verb=VOIDED.id))
    return found[:MOST_COUNTED].count()


def _put(forwarding: Forwarding, place: Place) -> None:
    forwarding.epoch, forwarding.transaction = place.epoch, place.transaction
    forwarding.sequence = place.sequence


def _order(place: Place) -> tuple[int, int]:
    return place.transaction, place.sequence


def _try_at_once(forwarding: Forwarding) -> None:
    forwarding.paused_reason, forwarding.failures, forwarding.next_try = "", 0, None
    forwarding.lease, forwarding.leased_until = None, None
