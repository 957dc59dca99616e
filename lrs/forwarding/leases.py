"""One worker delivers to one target at a time; what a killed one left is taken up by another."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone

from lrs.forwarding.parcels import Parcel
from lrs.forwarding.sorting import Sender
from lrs.models import Forwarding

# Longer than one request can take; it is renewed before each.
LEASE = timedelta(minutes=2)


class LeaseLost(Exception):
    """Somebody paused, changed or re-filled the target, or another worker took it."""


def due(*, at: datetime) -> "QuerySet[Forwarding]":
    """Return the targets that may be tried now, the longest waiting first."""
    free = Q(lease=None) | Q(leased_until__lt=at)
    ready = Q(next_try=None) | Q(next_try__lte=at)
    return Forwarding.objects.filter(free, ready, is_active=True).order_by("last_success", "pk")


def take(forwarding: Forwarding, *, at: datetime) -> UUID | None:
    """Take the lease of a target that is due; None where somebody else was faster."""
    lease = uuid4()
    taken = due(at=at).filter(pk=forwarding.pk).order_by()
    return lease if taken.update(lease=lease, leased_until=_end()) else None


def update(forwarding: Forwarding, lease: UUID, **values: Any) -> None:
    """Change a target under its lease, and renew that. Raises LeaseLost."""
    held = Forwarding.objects.filter(pk=forwarding.pk, lease=lease, is_active=True)
    if not held.update(leased_until=_end(), **values):
        raise LeaseLost(f"the lease of {forwarding.name} is gone")
    for name, value in values.items():
        setattr(forwarding, name, value)


def give_back(forwarding: Forwarding, lease: UUID) -> None:
    """Let others deliver."""
    held = Forwarding.objects.filter(pk=forwarding.pk, lease=lease)
    held.update(lease=None, leased_until=None)


class Renewing:
    """A sender that renews the lease before each request. Raises LeaseLost where it is gone."""

    def __init__(self, sender: Sender, forwarding: Forwarding, lease: UUID) -> None:
        self._sender, self._forwarding, self._lease = sender, forwarding, lease

    def send(self, parcels: Sequence[Parcel]) -> None:
        update(self._forwarding, self._lease)
        self._sender.send(parcels)

    def holds(self, parcel: Parcel) -> bool:
        update(self._forwarding, self._lease)
        return self._sender.holds(parcel)


def _end() -> datetime:
    return timezone.now() + LEASE
