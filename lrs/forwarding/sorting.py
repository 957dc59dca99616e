"""Deliver a batch, and find out which statements of it are to blame if it does not go through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from lrs.forwarding.outcomes import Refused, Troubled, Undelivered
from lrs.forwarding.parcels import NOBODY, Parcel, halves, learner_of


class Sender(Protocol):
    """What brings statements to a target: see lrs.forwarding.carriers.Courier."""

    def send(self, parcels: Sequence[Parcel]) -> None: ...

    def holds(self, parcel: Parcel) -> bool: ...


@dataclass
class Sorted:
    """What became of a batch: what failed and why (None: it waits behind another), what went."""

    delivered: list[Parcel] = field(default_factory=list)
    failed: list[tuple[Parcel, Undelivered | None]] = field(default_factory=list)


def sort(sender: Sender, parcels: Sequence[Parcel]) -> Sorted:
    """Deliver a batch; one that is refused is halved until the culprit is alone.

    Raises Troubled and Unreachable: what was delivered by then is delivered again next time.
    """
    try:
        sender.send(parcels)
    except Refused as error:
        if len(parcels) > 1:
            left, right = (sort(sender, half) for half in halves(parcels))
            return Sorted(left.delivered + right.delivered, left.failed + right.failed)
        if not (error.conflict and sender.holds(parcels[0])):
            return Sorted(failed=[(parcels[0], error)])
    return Sorted(delivered=list(parcels))


def sort_one_by_one(sender: Sender, parcels: Sequence[Parcel]) -> Sorted:
    """Deliver a batch over which the target failed again and again, one statement at a time.

    If something is answered, those over which the target fails are to blame; a learner's later
    ones wait behind. Raises Troubled if the target fails over all of them, and Unreachable.
    """
    result = Sorted()
    held: set[int] = set()
    for parcel in parcels:
        learner = learner_of(parcel.row)
        if learner in held:
            result.failed.append((parcel, None))
            continue
        try:
            one = sort(sender, [parcel])
            result.delivered += one.delivered
            result.failed += one.failed
        except Troubled as error:
            result.failed.append((parcel, error))
            held |= {learner} - {NOBODY}
    _check_alive(result)
    return result


def _check_alive(result: Sorted) -> None:
    troubles = [why for _, why in result.failed if isinstance(why, Troubled)]
    refused = any(isinstance(why, Refused) for _, why in result.failed)
    if troubles and not refused and not result.delivered:
        raise troubles[0]
