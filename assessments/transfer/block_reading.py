"""Read values and blocks of a file into a document.

In a translation a value may lean on the source language: what is not words is taken from there.
Lists of a translation stand in the order of the source, or say by `id` what they translate.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock

from assessments.transfer.block_items import NO_SOURCE, Opened, sources_of
from assessments.transfer.folder import MediaFile
from assessments.transfer.keys import BLOCK_ID, Numbering, as_key
from assessments.transfer.leaves import REFERENCES, Kind, Leaf, leaf_of_block
from assessments.transfer.markdown import BadMarkdown, read_markdown
from assessments.transfer.nodes import Node
from assessments.transfer.rich_text import to_html, with_links


@dataclass(frozen=True)
class Slot:
    """Where a value stands: the fields around it, its name, and whence ids below are derived."""

    around: Node
    name: str
    base: str
    path: str

    def problem(self, message: str) -> None:
        self.around.inner_problem(self.name, message)


@dataclass
class BlockReader:
    """Reads what one page or question says in one language. `ids` are those already given."""

    activities: dict[str, str]
    questions: dict[str, str]
    media: Callable[[str], MediaFile | None]
    ids: set[str] = field(default_factory=set)

    def value(self, block: Any, node: Node | None, slot: Slot, source: Any) -> Any:
        """Return the value of any block in the form of a document."""
        if isinstance(block, BaseStreamBlock):
            return self.sequence(block, dict(block.child_blocks), node, slot, source)
        if isinstance(block, ListBlock):
            return self.sequence(block, {"item": block.child_block}, node, slot, source)
        if isinstance(block, BaseStructBlock):
            return self._struct(block, node, slot, source)
        return self.leaf(leaf_of_block(block), node, slot, source)

    # --- single values ----------------------------------------------------------------------
    def leaf(self, leaf: Leaf, node: Node | None, slot: Slot, source: Any) -> Any:
        """Return a single value; what is left out is the source's or the default."""
        if node is None:
            return self._left_out(leaf, slot, source)
        noted = len(node.problems)
        value = self._typed(leaf, node)
        if len(node.problems) == noted:
            for fault in leaf.faults(value):
                node.problem(fault)
        if slot.name == "correct" and source is not NO_SOURCE and value != source:
            node.problem("the source language says otherwise about which option is right")
        return value

    def _left_out(self, leaf: Leaf, slot: Slot, source: Any) -> Any:
        if source is not NO_SOURCE and not leaf.has_words:
            return source
        if source is not NO_SOURCE and source != "":
            slot.problem("is not translated")
        elif leaf.required and leaf.default in ("", None):
            slot.problem("is missing")
        return leaf.default

    def _typed(self, leaf: Leaf, node: Node) -> Any:
        simple = {
            Kind.FLAG: node.flag,
            Kind.NUMBER: node.number,
            Kind.DECIMAL: node.decimal,
            Kind.DAY: node.day,
        }
        if leaf.kind in simple:
            return simple[leaf.kind]()
        if leaf.kind == Kind.MARKDOWN:
            return self._html(node, leaf.headed)
        text = node.text()
        if leaf.kind in REFERENCES and text:
            return self._reference(leaf.kind, text, node)
        return (text or None) if leaf.kind in REFERENCES else text

    def _html(self, node: Node, headed: bool) -> str:
        def address(href: str) -> str:
            name = href.removeprefix("page:")
            key = href if name == href else self.activities.get(name) or as_key(name)
            if key is None:
                node.problem(f"there is no activity {name} to link to")
            return href if name == href else f"page:{key}"

        try:
            return to_html(with_links(read_markdown(node.text(), headed=headed), address))
        except BadMarkdown as bad:
            node.problem(bad, below=bad.line)
            return ""

    def _reference(self, kind: Kind, name: str, node: Node) -> Any:
        if kind == Kind.QUESTION:
            found: Any = self.questions.get(name)
        else:
            found = self.media(name)
        if found is None:
            where = "in questions/" if kind == Kind.QUESTION else "in files/"
            node.problem(f"there is no {name} {where}")
        return found

    # --- blocks of blocks -------------------------------------------------------------------
    def _struct(self, block: Any, node: Node | None, slot: Slot, source: Any) -> dict[str, Any]:
        if node is None:
            slot.problem("is missing")
            return dict(source) if source is not NO_SOURCE else {}
        noted = len(node.problems)
        entries = node.entries(["id", *block.child_blocks])
        value = {
            name: self.value(
                child,
                entries.get(name),
                Slot(node, name, slot.base, name),
                NO_SOURCE if source is NO_SOURCE else source.get(name, NO_SOURCE),
            )
            for name, child in block.child_blocks.items()
        }
        if len(node.problems) == noted:
            _check_together(block, value, node)
        return value

    def sequence(
        self, block: Any, kinds: dict[str, Any], node: Node | None, slot: Slot, source: Any
    ) -> list[dict[str, Any]]:
        """Return a list or stream in Wagtail's raw form, every item with its id."""
        if node is None:
            if source is not NO_SOURCE and source:
                slot.problem("is not translated")
            elif getattr(block, "required", False) or block.meta.min_num:
                slot.problem("is missing")
            return []
        opened = [Opened.of(item, kinds) for item in node.items()]
        _check_length(block, node, len(opened))
        given = [self._given_id(item) for item in opened]
        sources = sources_of(node, opened, given, source)
        numbering = Numbering(slot.base, slot.path)
        made = []
        for item, ident, base in zip(opened, given, sources, strict=True):
            by_place = numbering.next(item.type, taken={*given, *self.ids})
            ident = ident or (base and base["id"]) or by_place
            self._claim(ident, item)
            child = kinds.get(item.type)
            inner = Slot(item.node, item.type, ident, "")
            below = base["value"] if base else NO_SOURCE
            value = self.value(child, item.body, inner, below) if child else NO_SOURCE
            made.append({"type": item.type, "value": value, "id": ident})
        return made

    def _given_id(self, item: Opened) -> str:
        ident = item.ident.text() if item.ident else ""
        if item.ident and not BLOCK_ID.fullmatch(ident):
            item.ident.problem("must be 1 to 36 letters, digits or hyphens")
        return ident

    def _claim(self, ident: str, item: Opened) -> None:
        if ident in self.ids:
            item.node.problem(f"the id {ident} is given twice")
        self.ids.add(ident)


def _check_length(block: Any, node: Node, length: int) -> None:
    least = block.meta.min_num or (1 if getattr(block, "required", False) else 0)
    if length < least:
        node.problem(f"needs at least {least} entries")
    if block.meta.max_num is not None and length > block.meta.max_num:
        node.problem(f"may have at most {block.meta.max_num} entries")


def _check_together(block: Any, value: dict[str, Any], node: Node) -> None:
    """Note what the block itself finds wrong with values that are right one by one."""
    if any(_is_reference(child) for child in block.child_blocks.values()):
        return
    try:
        block.clean(block.to_python(value))
    except ValidationError as error:
        for message in _messages(error):
            node.problem(message)


def _messages(error: ValidationError) -> list[str]:
    below: dict[str, ValidationError] | None = getattr(error, "block_errors", None)
    if below is None:
        return [str(message) for message in error.messages]
    own = [str(message) for message in getattr(error, "non_block_errors", [])]
    return [*own, *(message for inner in below.values() for message in _messages(inner))]


def _is_reference(block: Any) -> bool:
    known = (BaseStreamBlock, BaseStructBlock, ListBlock)
    return not isinstance(block, known) and leaf_of_block(block).kind in REFERENCES
