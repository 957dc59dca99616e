"""What was not delivered: held for another try, waiting behind it, or dead."""

from datetime import datetime

from django.db.models import Min, QuerySet

from lrs.forwarding.outcomes import Troubled, Undelivered
from lrs.forwarding.parcels import NOBODY, Parcel, learner_of
from lrs.forwarding.pauses import pause
from lrs.models import Forwarding, Letter

MAX_TRIES = 10


def dead_letters(forwarding: Forwarding) -> "QuerySet[Letter]":
    """Return what nobody will try again by themselves."""
    return forwarding.letters.filter(next_try=None).order_by("sequence")


def send_again(letters: "QuerySet[Letter]", *, at: datetime) -> int:
    """Give dead letters a fresh set of tries; return how many."""
    return letters.filter(next_try=None).update(next_try=at, tries=0)


def held_learners(forwarding: Forwarding) -> frozenset[int]:
    """Return the learners whose later statements wait behind an earlier one."""
    alive = forwarding.letters.exclude(next_try=None).exclude(learner=NOBODY)
    return frozenset(alive.values_list("learner", flat=True).distinct())


def due_letters(forwarding: Forwarding, *, at: datetime) -> "QuerySet[Letter]":
    """Return the first letter of each learner, where it is due."""
    alive = forwarding.letters.exclude(next_try=None)
    first = alive.order_by().values("learner").annotate(first=Min("sequence")).values("first")
    return alive.filter(sequence__in=first, next_try__lte=at).order_by("sequence")


def letter_about(
    forwarding: Forwarding, parcel: Parcel, why: Undelivered | None, *, at: datetime
) -> Letter:
    """Return a new letter: dead if it was refused, else to be tried again. `why` is None for what
    only waits behind an earlier one of its learner.
    """
    letter = Letter(
        forwarding=forwarding,
        sequence=parcel.row.sequence,
        statement=parcel.id,
        learner=learner_of(parcel.row),
        next_try=at,
    )
    return note_failure(letter, why, at=at) if why else letter


def note_failure(letter: Letter, why: Undelivered, *, at: datetime) -> Letter:
    """Write down a failed try: what is refused is dead, and so is what failed too often."""
    letter.tries += 1
    letter.reason, letter.last_try = str(why), at
    again = isinstance(why, Troubled) and letter.tries < MAX_TRIES
    letter.next_try = at + pause(letter.tries) if again else None
    return letter
