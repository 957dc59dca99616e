"""Whether two statements mean the same, however each was written down.

Source: xAPI 1.0.3 Data 2.3.1 (Statement Comparision Requirements), IEEE 9274.1.1 4.2.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

Json = Any
# What the record store sets, or what says that something is a SubStatement.
_OURS = frozenset({"authority", "stored", "version", "objectType"})
# What the record store adds where the sender left it out.
_ADDED = ("id", "timestamp")
_CONTEXT_ACTIVITIES = frozenset({"parent", "grouping", "category", "other"})
_HUNDREDTHS = re.compile(r"([.,]\d\d)\d+(?=S\Z)")


def are_equivalent(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    """Compare two statements. What a record store may add or set, or write otherwise, is equal.

    That is: authority, stored and version; an id or timestamp that only one of them has; how a
    moment is written; the display of the verb and the definitions of activities; the order of a
    group's members; small and capital letters where they mean the same; and what a duration says
    beyond hundredths of a second (1.0.3 Data 4.6).
    """
    left, right = _essence(one), _essence(other)
    for name in _ADDED:
        if name not in left or name not in right:
            left.pop(name, None)
            right.pop(name, None)
    return left == right


def _essence(statement: Mapping[str, Json]) -> dict[str, Json]:
    kept = {name: value for name, value in statement.items() if name not in _OURS}
    if isinstance(kept.get("id"), str):
        kept["id"] = _uuid(kept["id"])
    essence: dict[str, Json] = _reduced("", kept)
    return essence


def _reduced(place: str, value: Json) -> Json:
    """Reduce a value to its meaning; `place` is the property that holds it."""
    if place == "extensions":
        return _exact(value)
    if isinstance(value, dict):
        found = {name: _reduced(name, part) for name, part in value.items() if name != "definition"}
        if place == "verb":
            found.pop("display", None)
        if value.get("objectType") == "StatementRef" and isinstance(value.get("id"), str):
            found["id"] = _uuid(value["id"])
        return [found] if place in _CONTEXT_ACTIVITIES else found
    if isinstance(value, list):
        parts = [_reduced("" if place in _CONTEXT_ACTIVITIES else place, part) for part in value]
        return sorted(parts, key=_text) if place == "member" else parts
    return _MEANINGS.get(place, _exact)(value) if isinstance(value, str) else _exact(value)


def _exact(value: Json) -> Json:
    """Keep true apart from 1, and false from 0: Python takes them for equal, JSON does not."""
    if isinstance(value, dict):
        return {name: _exact(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_exact(part) for part in value]
    return ("boolean", value) if isinstance(value, bool) else value


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return text


def _moment(text: str) -> datetime | str:
    """Read a moment to thousandths of a second, which is all a record store must keep."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    thousandths = moment.microsecond // 1000 * 1000
    return moment.replace(microsecond=thousandths) if moment.tzinfo else text


def _duration(text: str) -> str:
    return _HUNDREDTHS.sub(r"\1", text)


def _mailbox(text: str) -> str:
    """Write the domain of an address in small letters, and its scheme."""
    name, at, domain = text.rpartition("@")
    scheme, colon, user = name.partition(":")
    return f"{scheme.lower()}{colon}{user}{at}{domain.lower()}"


_MEANINGS = {
    "timestamp": _moment,
    "duration": _duration,
    "registration": _uuid,
    "mbox": _mailbox,
    "mbox_sha1sum": str.lower,
    "sha2": str.lower,
    "language": str.lower,
}
