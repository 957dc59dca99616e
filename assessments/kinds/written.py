"""Whether what somebody wrote is what was asked for."""

import string
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz.distance import OSA

from serbian import fold

_ENDS = string.punctuation + string.whitespace + "„“”‘’«»…–—"


def answers_in(value: Mapping[str, Any]) -> list[str]:
    """Return the right answers of a part: one in each line."""
    return lines(value["answers"])


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def folded(text: str) -> str:
    """Return what counts of a text: not its script, capitals, diacritics, spaces or full stop."""
    return " ".join(fold(unicodedata.normalize("NFKC", text)).split()).strip(_ENDS)


def is_one_of(written: str, answers: Iterable[str], *, slips: int = 0) -> bool:
    """Say whether a text is one of the answers, up to so many slips of the pen.

    A slip is a letter that is wrong, missing or too many, or two that changed places. No more
    than a third of the letters may be slips, or short words would all be alike.
    """
    said = folded(written)
    return any(_is_like(said, folded(answer), slips) for answer in answers)


def _is_like(said: str, answer: str, slips: int) -> bool:
    if said == answer:
        return bool(said)
    allowed = min(slips, len(answer) // 3)
    return bool(said) and OSA.distance(said, answer, score_cutoff=allowed) <= allowed
