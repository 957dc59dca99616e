"""JSON from outside, read strictly: UTF-8, no key twice, no number that JSON does not have.

And JSON as it is written here, whatever strings came in.
"""

import json
from collections.abc import Iterable
from typing import Any

from lrs.refusals import Refusal

_DEEPEST = 100


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refusal("a key is given twice in one object")
    return found


def _constant(name: str) -> Any:
    raise Refusal(f"{name} is not JSON")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def parse(body: bytes) -> Any:
    """Return the value in a request's body. Raises Refusal for whatever is not strict JSON."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Refusal(f"the body is not UTF-8 (at byte {error.start})") from error
    try:
        return _decoder.decode(text)
    except RecursionError as error:
        raise Refusal("the body is nested too deeply") from error
    except json.JSONDecodeError as error:
        reason = f"the body is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise Refusal(reason) from error
    except ValueError as error:
        raise Refusal("a number in the body is too long") from error


def written(value: Any) -> str:
    """Return a value as JSON that any database and any connection can carry.

    Characters stand as they are, unless one is half of a surrogate pair, which has no UTF-8: then
    everything beyond ASCII is escaped. Raises Refusal for a number that JSON cannot write, such
    as 1e999, which is read as infinity.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except ValueError as error:
        raise Refusal("a number in the body is too large to keep") from error
    return text if _has_utf8(text) else json.dumps(value, separators=(",", ":"))


def check_depth(value: Any, text: str) -> None:
    """Refuse JSON that not everybody could read again, given with its text. Raises Refusal.

    Readers differ in how deep they go, and how deep depends on where they are called: what was
    accepted must also be compared, shown and sent on.
    """
    if text.count("{") + text.count("[") < _DEEPEST:
        return
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise Refusal(f"the body is nested too deeply: {_DEEPEST} levels are possible")


def _inside(value: Any) -> Iterable[Any]:
    if type(value) is dict:
        return value.values()
    return value if type(value) is list else ()


def _has_utf8(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
