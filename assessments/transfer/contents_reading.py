"""Read what one thing says in one language."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.transfer.block_items import NO_SOURCE
from assessments.transfer.block_reading import BlockReader, Slot
from assessments.transfer.document import Contents
from assessments.transfer.nodes import Node
from assessments.transfer.schema import Field, Schema


@dataclass(frozen=True)
class ContentsReader:
    """Reads the fields of the thing with this key."""

    key: str
    blocks: BlockReader

    def read(
        self,
        schema: Schema,
        entries: dict[str, Node],
        around: Node,
        source: Contents | None,
        *,
        slug: str = "",
    ) -> Contents:
        """Return the contents; `source` is what the source language says, None if it is read.

        `slug` is the short name if the source language gives none.
        """
        contents: Contents = {}
        for field in schema.fields():
            if source is not None and not field.is_said(source):
                contents[field.attribute] = source[field.attribute]
            elif field.name == "slug" and slug and source is None and "slug" not in entries:
                contents["slug"] = slug
            else:
                contents[field.attribute] = self._field(field, entries, around, source, contents)
        return contents

    def _field(
        self,
        field: Field,
        entries: dict[str, Node],
        around: Node,
        source: Contents | None,
        contents: Contents,
    ) -> object:
        node = entries.get(field.name)
        slot = Slot(around, field.name, self.key, field.attribute)
        below = NO_SOURCE if source is None else source[field.attribute]
        if field.leaf:
            return self.blocks.leaf(field.leaf, node, slot, below)
        return self.blocks.value(field.stream_in(contents), node, slot, below)


def by_language(
    schema: Schema, entries: dict[str, Node], codes: Sequence[str]
) -> dict[str, dict[str, Node]]:
    """Split the fields of a file that holds all languages: `title: {en: …, sr: …}`.

    A short name may be one text for all languages.
    """
    found: dict[str, dict[str, Node]] = {codes[0]: {}}
    for field in schema.fields():
        node = entries.get(field.name)
        if node is None:
            continue
        if not field.translated or (field.name == "slug" and node.is_scalar):
            found[codes[0]][field.name] = node
            continue
        for code, words in node.entries(codes).items():
            found.setdefault(code, {})[field.name] = words
    return found
