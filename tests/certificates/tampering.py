"""Every way to change one thing in a document."""

import copy
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Give the path to each text, number and truth value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path


def with_each_leaf_changed(document: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give the document once for each of its leaves, with that one leaf changed."""
    for path in leaves(document):
        changed = copy.deepcopy(document)
        holder = _holder(changed, path)
        holder[path[-1]] = _another(holder[path[-1]])
        yield path, changed


def without_each_leaf(document: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give the document once for each of its leaves, without that one leaf."""
    for path in leaves(document):
        changed = copy.deepcopy(document)
        del _holder(changed, path)[path[-1]]
        yield path, changed


def _holder(document: Any, path: Path) -> Any:
    for step in path[:-1]:
        document = document[step]
    return document


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    last = value[-1:]
    return value[:-1] + ("1" if last == "0" else "0" if last.isdigit() else last + "x")
