"""How long to wait before the next try: longer each time, and never in step with others."""

import secrets
from datetime import timedelta

_FIRST, _LONGEST = 5.0, 3600.0  # seconds
_STEPS = 1000


def pause(tries: int, *, at_least: float = 0) -> timedelta:
    """Return the pause after so many tries, 5 s to an hour; between half of it and the whole."""
    whole = min(_FIRST * 2.0 ** min(tries - 1, 20), _LONGEST)
    part = 0.5 + secrets.randbelow(_STEPS + 1) / _STEPS / 2
    return timedelta(seconds=max(whole * part, at_least))
