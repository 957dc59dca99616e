"""How an attempt to deliver ended."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_TOLD = 300
_LONGEST_WAIT = 24 * 3600.0
# The statement itself is refused (xAPI 1.0.3 Communication 3.2); 422 is what frameworks answer.
_REFUSED = frozenset({400, 409, 413, 422})
# The whole target cannot take anything now.
_DOWN = frozenset({429, 502, 503, 504})


class Undelivered(Exception):
    """It did not arrive, or nobody knows; the message says why."""


class Refused(Undelivered):
    """The target will not take these statements, today or tomorrow."""

    def __init__(self, reason: str, *, conflict: bool = False) -> None:
        super().__init__(reason)
        self.conflict = conflict


class Troubled(Undelivered):
    """The target failed over this: it may be down, or one of the statements brings it down."""


class Unreachable(Undelivered):
    """The target is not to be had, or does not let us in; `wait` is what it asks for, seconds."""

    def __init__(self, reason: str, *, wait: float = 0) -> None:
        super().__init__(reason)
        self.wait = wait


def judge(status: int, headers: Mapping[str, str], text: str, *, now: datetime) -> None:
    """Raise Refused, Troubled or Unreachable unless the status says that all went well."""
    if 200 <= status < 300:
        return
    reason = f"{status}: {' '.join(text.split())[:_TOLD]}".rstrip(": ")
    if status in _REFUSED:
        raise Refused(reason, conflict=status == 409)
    if status >= 500 and status not in _DOWN:
        raise Troubled(reason)
    said = {name.lower(): value for name, value in headers.items()}
    raise Unreachable(reason, wait=_wait(said.get("retry-after", ""), now))


def _wait(said: str, now: datetime) -> float:
    """Read Retry-After (RFC 9110, 10.2.3): seconds or a moment; return seconds."""
    if said.strip().isdecimal():
        return min(float(said), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return 0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0), _LONGEST_WAIT)
