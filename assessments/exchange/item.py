"""A question on its way in or out, free of any format and of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Item:
    """A question. `kind` is a name in `assessments.kinds.KINDS`; `parts` are type and value.

    Values have the fields of the blocks in `assessments.models.parts`; what a format cannot say is
    empty. `stem` is plain text. The `image` of a part is a name in `pictures`, which hold the bytes
    as they came. `line` is where the item begins in its file, counted from 1.
    """

    name: str
    kind: str
    stem: str
    parts: tuple[tuple[str, Mapping[str, Any]], ...]
    source: str = ""
    objective: str = ""
    difficulty: int | None = None
    tags: tuple[str, ...] = ()
    line: int = field(default=1, compare=False)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """An item that cannot be taken: where it begins, what it is called, and why not."""

    line: int
    name: str
    reason: Any  # translatable


@dataclass(frozen=True)
class Reading:
    """What a file holds: what can be taken, and what cannot.

    `changed` says of what is taken how it will differ: points given by another rule.
    """

    items: tuple[Item, ...]
    refused: tuple[Refusal, ...]
    changed: tuple[Refusal, ...] = ()
