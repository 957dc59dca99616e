"""Go along the log and deliver: at least once, and each learner's statements in order.

A target that is down, or that does not let us in, waits as a whole: nothing is skipped, the next
try comes after a growing pause, or when the target says so. A statement that the target refuses
(400, 409 with another content, 413, 422) becomes a dead letter, and the learner's later ones go
on: it is refused for what it says, tomorrow as today, and to wait for it would make the target
forget everything else about this learner, certificates included. If it is sent again later, it
arrives after them; its timestamp tells when it happened. A statement over which the target fails
(500) while it takes others is held and tried again by itself: nobody knows yet whether it will
arrive, so the later ones of this learner wait behind it, and nobody else's.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lrs.feed import Place, PlaceLost, place_after, read
from lrs.forwarding import leases
from lrs.forwarding.carriers import Courier
from lrs.forwarding.endpoints import EndpointRefused
from lrs.forwarding.letters import due_letters, held_learners, letter_about, note_failure
from lrs.forwarding.outcomes import Undelivered, Unreachable
from lrs.forwarding.parcels import Parcel, batches, is_wanted, learner_of
from lrs.forwarding.pauses import pause
from lrs.forwarding.sealing import SecretUnreadable
from lrs.forwarding.sorting import Sender, Sorted, sort, sort_one_by_one
from lrs.forwarding.targets import has_more, place_of, start_of
from lrs.models import Forwarding, Letter, Statement

logger = logging.getLogger("lrs")
_PAGE = 500
_SECONDS = 5.0  # for one target at a time; then others, and the tasks, have their turn
# After so many failures in a row it is tried statement by statement.
_SUSPICIOUS = 3


def deliver_due(*, at: datetime) -> bool:
    """Deliver for a moment to each target that is due; say whether anything moved."""
    moved = [_deliver(forwarding, at) for forwarding in leases.due(at=at)]
    return any(moved)


def _deliver(forwarding: Forwarding, at: datetime) -> bool:
    if not has_more(forwarding) and not due_letters(forwarding, at=at).exists():
        return False
    lease = leases.take(forwarding, at=at)
    if lease is None:
        return False
    delivery = Delivery(forwarding, lease, at)
    try:
        delivery.run()
    except leases.LeaseLost as error:
        logger.info("%s; another takes over", error)
    except (Undelivered, SecretUnreadable, EndpointRefused) as error:
        delivery.put_off(error)
    except Exception as error:
        logger.exception("could not forward to %s", forwarding.name)
        delivery.put_off(RuntimeError(f"something went wrong here: {type(error).__name__}"))
    finally:
        leases.give_back(forwarding, lease)
    return delivery.moved


class Delivery:
    """One worker's turn at one target, under its lease."""

    def __init__(self, forwarding: Forwarding, lease: UUID, at: datetime) -> None:
        forwarding.refresh_from_db()
        self._forwarding, self._lease, self._at = forwarding, lease, at
        self._end = time.monotonic() + _SECONDS
        self.moved = False

    def run(self) -> None:
        """Go along the log, then try what was held: a target that is down fails before that, so
        that nothing held uses up its tries.

        Raises Undelivered where the target has to wait, and LeaseLost.
        """
        with Courier(self._forwarding) as courier:
            sender = leases.Renewing(courier, self._forwarding, self._lease)
            while time.monotonic() < self._end and self._read_on(sender):
                pass
            self._end = time.monotonic() + _SECONDS
            self._try_held(sender)

    def put_off(self, why: Exception) -> None:
        """Let the target wait; longer each time, or as long as it asks for."""
        failures = self._forwarding.failures + 1
        asked = why.wait if isinstance(why, Unreachable) else 0
        try:
            leases.update(
                self._forwarding,
                self._lease,
                failures=failures,
                paused_reason=str(why),
                next_try=timezone.now() + pause(failures, at_least=asked),
            )
        except leases.LeaseLost:
            logger.info("%s was changed meanwhile", self._forwarding.name)

    def _try_held(self, sender: Sender) -> None:
        while time.monotonic() < self._end:
            letter = due_letters(self._forwarding, at=self._at).first()
            if letter is None:
                return
            self._try(sender, letter)

    def _try(self, sender: Sender, letter: Letter) -> None:
        row = Statement.objects.filter(sequence=letter.sequence, id=letter.statement).first()
        if row is None:  # the log is another one now, after a restore
            letter.delete()
            return
        failed: list[tuple[Parcel, Undelivered | None]] = []
        try:
            result = sort(sender, [Parcel.of(row)])
            failed = result.failed
        except Unreachable:
            raise
        except Undelivered as error:
            failed = [(Parcel.of(row), error)]
        with transaction.atomic():
            leases.update(self._forwarding, self._lease, **({} if failed else self._success(row)))
            if failed and failed[0][1]:
                note_failure(letter, failed[0][1], at=timezone.now()).save()
            else:
                letter.delete()
        self.moved = True

    def _read_on(self, sender: Sender) -> bool:
        """Deliver one page of the log; say whether there may be more."""
        try:
            place = place_of(self._forwarding) or start_of(self._forwarding)
            rows, end = read(place, _PAGE)
        except PlaceLost:
            self._start_again()
            return True
        if not rows:
            return False
        wanted = [Parcel.of(row) for row in rows if is_wanted(self._forwarding, row)]
        for batch in batches(wanted):
            self._deliver(sender, batch)
            if time.monotonic() >= self._end:
                return True
        self._move(end)
        return True

    def _deliver(self, sender: Sender, batch: Sequence[Parcel]) -> None:
        held = held_learners(self._forwarding)
        behind = [one for one in batch if held and learner_of(one.row) in held]
        free = [one for one in batch if one not in behind]
        result = self._sorted(sender, free) if free else Sorted()
        result.failed += [(one, None) for one in behind]
        at = timezone.now()
        letters = [letter_about(self._forwarding, one, why, at=at) for one, why in result.failed]
        with transaction.atomic():
            self._move(place_after(batch[-1].row), result)
            self._replace_letters(batch, behind)
            Letter.objects.bulk_create(letters, ignore_conflicts=True)

    def _sorted(self, sender: Sender, parcels: Sequence[Parcel]) -> Sorted:
        if self._forwarding.failures < _SUSPICIOUS:
            return sort(sender, parcels)
        return sort_one_by_one(sender, parcels)

    def _move(self, place: Place, result: Sorted | None = None) -> None:
        values: dict[str, object] = {
            "epoch": place.epoch,
            "transaction": place.transaction,
            "sequence": place.sequence,
        }
        if result and result.delivered:
            values |= self._success(result.delivered[-1].row)
        leases.update(self._forwarding, self._lease, **values)
        self.moved = True

    def _replace_letters(self, batch: Sequence[Parcel], behind: Sequence[Parcel]) -> None:
        """Forget letters about what was tried once more, after a back-fill."""
        waiting = {one.row.sequence for one in behind}
        tried = [one.row.sequence for one in batch if one.row.sequence not in waiting]
        self._forwarding.letters.filter(sequence__in=tried).delete()

    def _success(self, row: Statement) -> dict[str, object]:
        return {
            "delivered_through": row.stored,
            "last_success": timezone.now(),
            "failures": 0,
            "paused_reason": "",
            "next_try": None,
        }

    def _start_again(self) -> None:
        """After a restore: everything once more, and letters name statements of another log."""
        with transaction.atomic():
            self._move(start_of(self._forwarding))
            self._forwarding.letters.all().delete()
