"""Write the values and blocks of a document as a file has them.

A translation says only what the source does not: words, and what it has on its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock

from assessments.transfer.block_items import NO_SOURCE
from assessments.transfer.folder import MediaFile
from assessments.transfer.html_text import read_html
from assessments.transfer.keys import Numbering
from assessments.transfer.leaves import REFERENCES, Kind, Leaf, leaf_of_block
from assessments.transfer.markdown import write_markdown
from assessments.transfer.rich_text import with_links
from assessments.transfer.yaml_text import Lines

LEFT_OUT: Any = object()


@dataclass(frozen=True)
class BlockWriter:
    """Writes what one page or question says; the three tables say what a file calls things."""

    activities: dict[str, str]
    questions: dict[str, str]
    media_name: Callable[[MediaFile], str]

    def value(self, block: Any, value: Any, *, base: str, path: str, source: Any) -> Any:
        """Return the value of any block as a file has it, or LEFT_OUT."""
        if isinstance(block, BaseStreamBlock):
            return self._sequence(dict(block.child_blocks), value, base, path, source)
        if isinstance(block, ListBlock):
            return self._sequence({"item": block.child_block}, value, base, path, source)
        if isinstance(block, BaseStructBlock):
            return self._struct(block, value, base, source)
        return self.leaf(leaf_of_block(block), value, source)

    def leaf(self, leaf: Leaf, value: Any, source: Any) -> Any:
        """Return a single value as a file has it, or LEFT_OUT."""
        if source is not NO_SOURCE and not leaf.has_words:
            return LEFT_OUT if value == source else self._typed(leaf, value)
        is_left_out = leaf.is_left_out(value) and source in (NO_SOURCE, "")
        return LEFT_OUT if is_left_out else self._typed(leaf, value)

    def _typed(self, leaf: Leaf, value: Any) -> Any:
        if value in ("", None):
            return value
        if leaf.kind == Kind.DAY:
            return date.fromisoformat(value)
        if leaf.kind == Kind.MARKDOWN:
            return Lines(write_markdown(with_links(read_html(value), self._address)))
        if leaf.kind == Kind.QUESTION:
            return self.questions[value]
        if leaf.kind in REFERENCES:
            return self.media_name(value)
        return Lines(value) if isinstance(value, str) and "\n" in value else value

    def _address(self, href: str) -> str:
        key = href.removeprefix("page:")
        return href if key == href else f"page:{self.activities.get(key, key)}"

    def _struct(self, block: Any, value: Any, base: str, source: Any) -> dict[str, Any]:
        made = {
            name: self.value(
                child,
                value[name],
                base=base,
                path=name,
                source=NO_SOURCE if source is NO_SOURCE else source[name],
            )
            for name, child in block.child_blocks.items()
        }
        return {name: part for name, part in made.items() if part is not LEFT_OUT}

    def _sequence(
        self, kinds: dict[str, Any], value: list[Any], base: str, path: str, source: Any
    ) -> Any:
        if not value and source in (NO_SOURCE, []):
            return LEFT_OUT
        source = [] if source is NO_SOURCE else source
        in_order = [(i["id"], i["type"]) for i in value] == [(i["id"], i["type"]) for i in source]
        known = {(item["id"], item["type"]): item["value"] for item in source}
        numbering = Numbering(base, path)
        made = []
        for item in value:
            by_place = numbering.next(item["type"])
            child = kinds[item["type"]]
            below = known.get((item["id"], item["type"]), NO_SOURCE)
            below = below if _has_parts(child) else NO_SOURCE  # a mere line is always there
            body = self.value(child, item["value"], base=item["id"], path="", source=below)
            ident = "" if in_order else item["id"]
            if not source and not _is_named(child, kinds) and ident == by_place:
                ident = ""
            made.append(_item(item["type"], ident, body, kinds))
        return made


def _has_parts(child: Any) -> bool:
    return isinstance(child, BaseStreamBlock | BaseStructBlock | ListBlock)


def _is_named(child: Any, kinds: dict[str, Any]) -> bool:
    """Whether an item always shows its id: a block, or fields. A mere line shows it if it must."""
    return len(kinds) > 1 or isinstance(child, BaseStructBlock)


def _item(type_: str, ident: str, body: Any, kinds: dict[str, Any]) -> Any:
    named = {"id": ident} if ident else {}
    if len(kinds) > 1:
        return {**named, type_: None if body is LEFT_OUT else body}
    if isinstance(body, dict):
        return {**named, **body}
    body = "" if body is LEFT_OUT else body
    return {**named, "value": body} if named else body
