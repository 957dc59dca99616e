"""What JSON may look like to be a certificate of ours.

JSON-LD can say one thing in many ways, and drops in silence what it cannot say. A signature over
the meaning would then hold for JSON that reads differently. Ours says everything in one way.
"""

import re
from collections.abc import Mapping
from typing import Any

from certificates.credential.contexts import CONTEXTS
from certificates.credential.refusals import NotUnderstood

Json = Any

_DEEPEST = 8
_MOST = 2000
# Control characters, but tab and ends of lines; and halves of letters, which are no text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def check_plain(document: Mapping[str, Json]) -> None:
    """Refuse JSON that says something beside the vocabularies that our certificates name.

    Raises NotUnderstood.
    """
    if document.get("@context") != list(CONTEXTS):
        raise NotUnderstood("The vocabularies are not those of our certificates, in their order.")
    seen = _check({key: value for key, value in document.items() if key != "@context"}, depth=0)
    if seen > _MOST:
        raise NotUnderstood("There is more in it than in any certificate of ours.")


def _check(value: Json, *, depth: int) -> int:
    """Return how many values there are below, and including, this one."""
    if depth > _DEEPEST:
        raise NotUnderstood("It is nested more deeply than any certificate of ours.")
    if isinstance(value, dict):
        for key, inner in value.items():
            _check_term(key, inner)
        return 1 + sum(_check(inner, depth=depth + 1) for inner in _filled(value.values()))
    if isinstance(value, list):
        return 1 + sum(_check(inner, depth=depth + 1) for inner in _filled(value))
    if isinstance(value, str):
        _check_text(value)
    elif not isinstance(value, bool):
        raise NotUnderstood("Only texts, yes and no are values of our certificates.")
    return 1


def _filled(values: Json) -> list[Json]:
    """Return what there is in an object or a list; an empty one says nothing and is refused."""
    if not (filled := list(values)):
        raise NotUnderstood("An empty object or list says nothing that could be signed.")
    return filled


def _check_term(key: str, value: Json) -> None:
    """Refuse keywords and addresses as keys: they would say in another way what a term says."""
    if not isinstance(key, str) or not key.isidentifier():
        raise NotUnderstood(f"“{key}” is no term.")
    if (key == "hashed") is not isinstance(value, bool):
        raise NotUnderstood(f"“{key}” is yes or no where it should not be, or the other way round.")
    if key == "type" and any(":" in str(one) for one in _as_list(value)):
        raise NotUnderstood("A type is an address where it should be a term.")


def _as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _check_text(text: str) -> None:
    if _CONTROL.search(text):
        raise NotUnderstood("There is a control character in it.")
