"""JSON from outside, read strictly: UTF-8, no key twice, no number that JSON does not have."""

import json
from typing import Any

from lrs.refusals import Refusal


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
