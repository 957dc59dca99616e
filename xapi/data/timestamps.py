"""Moments in a statement (Data 4.5; IEEE 9274.1.1 4.2.7): ISO 8601 in 1.0.3, RFC 3339 in 2.0."""

import re
from datetime import UTC, datetime, timedelta

from xapi.data.malformed import Malformed, quoted

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]"
# An offset of minus nothing says that the zone is not known: both data models refuse it.
ISO_8601 = re.compile(
    DAY + r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?:[Zz]|(?!-00(?::?00)?$)[+\-][0-9]{2}(?::?[0-9]{2})?)?"
)
RFC_3339 = re.compile(
    DAY + r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:[Zz]|(?!-00:00$)[+\-][0-9]{2}:[0-9]{2})"
)
LEAP = re.compile(r"(?<=[0-9]:[0-9]{2}:)60")


def iso_8601(value: object) -> datetime:
    """Return the moment, in UTC, of a 1.0.3 statement; no offset means UTC."""
    return _moment(value, ISO_8601, "a date and time as ISO 8601 writes it")


def rfc_3339(value: object) -> datetime:
    """Return the moment, in UTC, of a 2.0 statement, whose offset must stand there."""
    return _moment(value, RFC_3339, "a date and time with an offset as RFC 3339 writes it")


def _moment(value: object, pattern: re.Pattern[str], wanted: str) -> datetime:
    """Return the moment written in this pattern. Raises `Malformed`, also for 30 February."""
    if type(value) is not str or pattern.fullmatch(value) is None:
        raise Malformed(f'must be {wanted}, never with the offset "-00:00", not {quoted(value)}')
    try:
        return _read(value.upper())
    except (ValueError, OverflowError):
        raise Malformed(f"must be a moment of the calendar, not {quoted(value)}") from None


def _read(value: str) -> datetime:
    """Return the moment in UTC. A leap second, which Python has not, is the second after :59."""
    leap = LEAP.search(value, 11, 19)
    if leap:
        value = f"{value[: leap.start()]}59{value[leap.end() :]}"
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    # Here and not later: year 1 with an offset to the east has no place in UTC.
    return moment.astimezone(UTC) + timedelta(seconds=1 if leap else 0)
