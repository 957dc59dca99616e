"""What came of it: the result and its score (Data 2.4.5)."""

from typing import Any

from xapi.data.atoms import duration, extensions
from xapi.data.malformed import Malformed
from xapi.data.shapes import flag, number, shaped, text


def scaled(value: object) -> int | float:
    """Return the score on the scale from -1 to 1. Raises `Malformed`."""
    found = number(value)
    if not -1 <= found <= 1:
        raise Malformed("must be between -1 and 1")
    return found


SCORE = {"scaled": scaled, "raw": number, "min": number, "max": number}


def score(value: object) -> dict[str, Any]:
    """Return the score: min below max, raw not outside them (Data 2.4.5.1). Raises `Malformed`."""
    found = shaped(value, SCORE)
    raw, least, most = found.get("raw"), found.get("min"), found.get("max")
    if least is not None and most is not None and not least < most:
        raise Malformed("must be less than max", "min")
    if raw is not None and least is not None and raw < least:
        raise Malformed("must not be less than min", "raw")
    if raw is not None and most is not None and raw > most:
        raise Malformed("must not be greater than max", "raw")
    return found


RESULT = {
    "score": score,
    "success": flag,
    "completion": flag,
    "response": text,
    "duration": duration,
    "extensions": extensions,
}


def result(value: object) -> dict[str, Any]:
    """Return the result. Raises `Malformed`."""
    return shaped(value, RESULT)
