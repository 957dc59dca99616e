"""What the manifest says of an item in the elements of IEEE LOM: tags, difficulty, objective.

Our own packages hold the source as a relation of the kind `isbasedon`.
"""

from typing import Any

from assessments.exchange.item import Item
from assessments.exchange.qti.elements import Element
from assessments.exchange.qti.tree import Node

LOM = "http://ltsc.ieee.org/xsd/LOM"

OBJECTIVE = "educational objective"
BASED_ON = "isbasedon"
DIFFICULTIES = {"very easy": 1, "easy": 1, "medium": 2, "difficult": 3, "very difficult": 3}
_LONGEST = {"source": 255, "objective": 120, "tag": 100}


def said_of(metadata: Node | None) -> dict[str, Any]:
    """Return the fields of an item that its metadata say; what is too long is left out."""
    lom = metadata.first("lom") if metadata else None
    if lom is None:
        return {}
    tags = [_words(one) for keyword in lom.all("keyword") for one in keyword]
    difficulties = (DIFFICULTIES.get(_value(one)) for one in lom.all("difficulty"))
    found = {
        "source": _described(lom, "relation", "kind", BASED_ON),
        "objective": _described(lom, "classification", "purpose", OBJECTIVE),
    }
    return {
        **{name: text for name, text in found.items() if len(text) <= _LONGEST[name]},
        "difficulty": next((one for one in difficulties if one), None),
        "tags": tuple(dict.fromkeys(tag for tag in tags if 0 < len(tag) <= _LONGEST["tag"])),
    }


def _described(lom: Node, name: str, by: str, kind: str) -> str:
    for node in lom.all(name):
        if any(_value(one) == kind for one in node.below(by)):
            described = node.first("description")
            return _words(described.children[0] if described and described.children else described)
    return ""


def _value(node: Node) -> str:
    return _words(node.first("value")).casefold()


def _words(node: Node | None) -> str:
    return " ".join(node.text.split()) if node else ""


def lom_of(item: Item) -> Element | None:
    """Return what is to be said of an item in the manifest, or None if there is nothing."""
    parts = [
        _lom("general", *(_lom("keyword", _string(tag)) for tag in item.tags))
        if item.tags
        else None,
        _difficulty(item.difficulty) if item.difficulty else None,
        _relation(item.source) if item.source else None,
        _classification(item.objective) if item.objective else None,
    ]
    said = [part for part in parts if part is not None]
    return _lom("lom", *said, xmlns=LOM) if said else None


def _difficulty(difficulty: int) -> Element:
    names = {1: "easy", 2: "medium", 3: "difficult"}
    return _lom("educational", _lom("difficulty", *_term(names[difficulty])))


def _relation(source: str) -> Element:
    resource = _lom("resource", _lom("description", _string(source)))
    return _lom("relation", _lom("kind", *_term(BASED_ON)), resource)


def _classification(objective: str) -> Element:
    return _lom(
        "classification",
        _lom("purpose", *_term(OBJECTIVE)),
        _lom("description", _string(objective)),
    )


def _term(value: str) -> tuple[Element, Element]:
    return _lom("source", text="LOMv1.0"), _lom("value", text=value)


def _string(text: str) -> Element:
    return _lom("string", text=text)


def _lom(name: str, *children: Element, text: str = "", **attributes: str) -> Element:
    element = Element(name, attributes)
    element.text = text or None
    element.extend(children)
    return element
