"""Whether two statements with one id say the same (xAPI 1.0.3 Data 2.3.1, Communication 2.1.1)."""

import json
from typing import Any

# What the record store sets or may change, so that a sender's repetition need not have it.
_OURS = ("stored", "authority", "version", "timestamp", "id")


def is_same(stored: str, sent: dict[str, Any], *, dated: bool) -> bool:
    """Compare the text in the log with a statement that came with the same id.

    `dated` says whether the sender gave the timestamp; otherwise it is ours and says nothing.
    """
    known = json.loads(stored)
    if dated and known["timestamp"] != sent["timestamp"]:
        return False
    return _essence(known) == _essence(sent)


def _essence(statement: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in statement.items() if name not in _OURS}
