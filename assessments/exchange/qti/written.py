"""What the writers of the kinds return, and what they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.exchange.item import Item
from assessments.exchange.qti.elements import Element, broken, paragraphs, qti


@dataclass(frozen=True)
class Written:
    """An item's declarations, body and scoring. `reasons` are feedback by its identifier.

    `chosen` says that the reasons are those of what was chosen, else all are shown. `most` is the
    highest score; `is_marked` that a trainer gives it.
    """

    declarations: Sequence[Element]
    body: Sequence[Element]
    scoring: Sequence[Element] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    chosen: bool = False
    most: int = 1
    is_marked: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)


def parts_of(item: Item, type_: str) -> list[Mapping[str, Any]]:
    """Return the values of the parts of one type."""
    return [value for name, value in item.parts if name == type_]


def reasons_of(keys: Sequence[str], parts: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {
        key: part["reason"] for key, part in zip(keys, parts, strict=True) if part.get("reason")
    }


def asked(stem: str, interaction: Element) -> list[Element]:
    """Return the body of a question: the last paragraph becomes the prompt."""
    *before, last = stem.split("\n\n")
    prompt = broken("p", last)
    interaction.insert(0, qti("prompt", prompt))
    return [*paragraphs("\n\n".join(before)), interaction]


def simple_choices(keys: Sequence[str], parts: Sequence[Mapping[str, Any]]) -> list[Element]:
    """Return options or steps under their keys."""
    return [
        qti("simpleChoice", text=part["text"], identifier=key)
        for key, part in zip(keys, parts, strict=True)
    ]


def numbered(name: str, parts: Sequence[object]) -> list[str]:
    """Return a key for each part."""
    return [f"{name}-{number}" for number in range(1, len(parts) + 1)]
