"""Places in the log: when a statement was stored, and when it became visible.

A *position* is the moment of storing in microseconds since 2020, with twelve bits below it: nine
that tell apart what was stored in one microsecond, and three for the *lane*. A statement whose
object is another statement is found by whatever finds that one (xAPI Communication 2.1.3), so it
stands in the index a second time, in the next lane, with the other's mentions.
"""

from datetime import UTC, datetime, timedelta

_ZERO = datetime(2020, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BITS = 12
LANES = 8
# Statements that have a place of their own in one microsecond.
PER_MICROSECOND = (1 << _BITS) // LANES
# Clients may ask for any moment of the calendar; a position is a number of 64 bits.
_LARGEST = 2**63 - 2


def first_position(stored: datetime) -> int:
    """Return the lowest position of a moment; everything stored earlier lies below it."""
    return ((stored - _ZERO) // _MICROSECOND) << _BITS


def position_after(last: int | None, stored: datetime) -> int:
    """Return the first free position at a moment, when `last` is the highest taken in it."""
    return first_position(stored) if last is None else last + LANES


def last_position(stored: datetime) -> int:
    """Return the highest position of a moment, or the end of all positions beyond it."""
    last = first_position(stored) + (1 << _BITS) - 1
    return max(-_LARGEST, min(last, _LARGEST))


def statement_position(position: int) -> int:
    """Return the position of the statement in whose lane this place is."""
    return position - position % LANES
