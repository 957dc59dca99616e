"""The items of a list in a file: how they are written, and what they translate."""

from dataclasses import dataclass
from typing import Any

from wagtail.blocks import BaseStructBlock

from assessments.transfer.nodes import Node

NO_SOURCE: Any = object()  # the source language itself, or something only the translation has


@dataclass(frozen=True)
class Opened:
    """An item of a list with its id taken off: `- id: …` beside its fields, or `id` and `value`."""

    node: Node
    type: str
    body: Node | None
    ident: Node | None

    @classmethod
    def of(cls, node: Node, kinds: dict[str, Any]) -> "Opened":
        if len(kinds) > 1:
            return cls._of_several(node, kinds)
        [(name, block)] = kinds.items()
        if isinstance(block, BaseStructBlock):
            ident = node.entries().get("id") if node.is_mapping else None
            return cls(node, name, node, ident)
        if node.is_mapping:
            entries = node.entries(["id", "value"])
            return cls(node, name, entries.get("value"), entries.get("id"))
        return cls(node, name, node, None)

    @classmethod
    def _of_several(cls, node: Node, kinds: dict[str, Any]) -> "Opened":
        entries = node.entries(["id", *kinds])
        names = [name for name in entries if name in kinds]
        if len(names) != 1:
            node.problem("must be one block, such as `text:`, and its `id` if it has one")
            return cls(node, "", None, None)
        return cls(node, names[0], entries[names[0]], entries.get("id"))


def sources_of(
    node: Node, opened: list[Opened], given: list[str], source: Any
) -> list[dict[str, Any] | None]:
    """Return what each item translates; None for what stands on its own."""
    if source is NO_SOURCE or not source or not opened:
        return [None] * len(opened)
    if any(given):
        known = {(item["id"], item["type"]): item for item in source}
        return [known.get((i, item.type)) for i, item in zip(given, opened, strict=True)]
    if len(opened) != len(source):
        node.problem(f"has {len(opened)} entries, the source language has {len(source)}")
        return [None] * len(opened)
    for item, base in zip(opened, source, strict=True):
        if item.type and item.type != base["type"]:
            item.node.problem(f"is `{item.type}`, in the source language `{base['type']}`")
    same = (item.type == base["type"] for item, base in zip(opened, source, strict=True))
    return [base if is_same else None for base, is_same in zip(source, same, strict=True)]
