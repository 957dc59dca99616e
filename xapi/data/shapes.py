"""The shapes of JSON in a statement: objects with known properties, lists, plain values.

A check takes the value alone and raises `Malformed`. Paths cost nothing on the way in: each level
puts its own step before the path while the error unwinds. No JSON null passes any of these checks
(Data 2.2), since each wants a kind of its own.
"""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from xapi.data.malformed import Malformed, kind, quoted

Check = Callable[[Any], object]
Checks = Mapping[str, Check]
NONE: frozenset[str] = frozenset()


def shaped(value: object, checks: Checks, required: frozenset[str] = NONE) -> dict[str, Any]:
    """Return the object whose properties all have a check that they pass, none `required` missing.

    Names are compared to the letter (Data 2.2). Raises `Malformed`.
    """
    if type(value) is not dict:
        raise Malformed(f"must be an object, not {kind(value)}")
    for name, item in value.items():
        check = checks.get(name)
        if check is None:
            raise unknown(name, checks)
        try:
            check(item)
        except Malformed as error:
            error.under(name)
            raise
    if not required <= value.keys():
        raise Malformed(f'must have the property "{min(required - value.keys())}"')
    return value


def unknown(name: str, checks: Checks) -> Malformed:
    """Return the error for a property that the specification does not know."""
    wanted = ", ".join(f'"{known}"' for known in checks)
    return Malformed(f"is not a property of this object, which may have {wanted}", name[:80])


def listed(value: object, check: Check, at_least: int = 0) -> list[Any]:
    """Return the list whose every item passes `check`. Raises `Malformed`."""
    if type(value) is not list:
        raise Malformed(f"must be a list, not {kind(value)}")
    if len(value) < at_least:
        raise Malformed(f"must have {at_least} or more items, not {len(value)}")
    for index, item in enumerate(value):
        try:
            check(item)
        except Malformed as error:
            error.under(index)
            raise
    return value


def exactly(wanted: str) -> Check:
    """Return a check for one word to the letter, such as an objectType."""

    def check(value: object) -> object:
        if value != wanted:
            raise Malformed(f'must be "{wanted}" to the letter, not {quoted(value)}')
        return value

    return check


def text(value: object) -> str:
    """Return the string. Raises `Malformed`."""
    if type(value) is not str:
        raise Malformed(f"must be a string, not {kind(value)}")
    return value


def flag(value: object) -> bool:
    """Return the boolean; the string "true" is none (Data 2.2). Raises `Malformed`."""
    if type(value) is not bool:
        raise Malformed(f"must be true or false, not {quoted(value)}")
    return value


def number(value: object) -> int | float:
    """Return the number; a boolean or a string with digits is none. Raises `Malformed`."""
    if type(value) is int:
        return value
    if type(value) is float:
        if isfinite(value):
            return value
        raise Malformed("must be a finite number")
    raise Malformed(f"must be a number, not {quoted(value)}")


def named(value: object) -> str | None:
    """Return the objectType that a value bears, None where it bears none that is a string."""
    name = value.get("objectType") if type(value) is dict else None
    return name if type(name) is str else None


def within(path: str, check: Check, value: object) -> Any:
    """Return what the check returns; its errors say `path` first."""
    try:
        return check(value)
    except Malformed as error:
        if path:
            error.under(path)
        raise
