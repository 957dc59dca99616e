"""Walk through a stream in Wagtail's raw form, changing its single values."""

from collections.abc import Callable
from typing import Any

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock

from assessments.transfer.keys import Numbering
from assessments.transfer.leaves import Leaf, leaf_of_block

Change = Callable[[Leaf, Any], Any]


def changed(block: Any, raw: Any, change: Change, *, base: str, path: str) -> Any:
    """Return `raw` with each single value changed, in full form: every field, every id.

    An id that is missing is derived, as a file without ids would have it.
    """
    if isinstance(block, BaseStreamBlock):
        return _items(dict(block.child_blocks), raw, change, base, path)
    if isinstance(block, ListBlock):
        return _items({"item": block.child_block}, raw, change, base, path)
    if isinstance(block, BaseStructBlock):
        values = raw or {}
        return {
            name: changed(child, values.get(name), change, base=base, path=name)
            for name, child in block.child_blocks.items()
        }
    leaf = leaf_of_block(block)
    return change(leaf, leaf.default if raw is None else raw)


def _items(
    kinds: dict[str, Any], raw: Any, change: Change, base: str, path: str
) -> list[dict[str, Any]]:
    numbering = Numbering(base, path)
    made = []
    for item in map(_in_full, raw or []):
        kind = item["type"]
        if kind not in kinds:
            continue
        by_place = numbering.next(kind)
        ident = item.get("id") or by_place
        value = changed(kinds[kind], item["value"], change, base=ident, path="")
        made.append({"type": kind, "value": value, "id": ident})
    return made


def _in_full(item: Any) -> dict[str, Any]:
    """Return an item of a list, which Wagtail once stored as its bare value."""
    is_full = isinstance(item, dict) and {"type", "value"} <= item.keys()
    return item if is_full else {"type": "item", "value": item}
