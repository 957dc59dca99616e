"""The elements of QTI under one name each, whichever version wrote them.

QTI 3 writes `qti-choice-interaction` and `response-identifier` where QTI 2 writes
`choiceInteraction` and `responseIdentifier`. Here both are called as in QTI 2.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessments.exchange.qti.errors import Unfit

DEEPEST = 60
_HYPHEN = re.compile(r"-(\w)")
_FREE = ("data-", "aria-")


@dataclass(frozen=True)
class Node:
    """An element: its QTI 2 name without namespace, and the text before and after it closes."""

    name: str
    attributes: Mapping[str, str]
    text: str
    tail: str
    line: int
    children: tuple["Node", ...] = field(default=(), repr=False)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default).strip()

    def __iter__(self) -> Iterator["Node"]:
        return iter(self.children)

    def all(self, *names: str) -> Iterator["Node"]:
        """Yield this element and those below it that have one of the names, in their order."""
        if self.name in names:
            yield self
        for child in self.children:
            yield from child.all(*names)

    def first(self, *names: str) -> "Node | None":
        """Return the first of them, or None."""
        return next(self.all(*names), None)

    def below(self, *names: str) -> list["Node"]:
        """Return the children that have one of the names."""
        return [child for child in self.children if child.name in names]

    @property
    def words(self) -> str:
        """Return the text directly within, without the spaces around it."""
        return self.text.strip()


def node_of(element: Any, depth: int = 0) -> Node:
    """Return a parsed element under the names of QTI 2. Raises Unfit if it is too deeply nested."""
    if depth > DEEPEST:
        raise Unfit(_("The file is nested too deeply."), line=element.line)
    return Node(
        name=camel(_local(element.tag).removeprefix("qti-")),
        attributes={_attribute(key): value for key, value in element.attrib.items()},
        text=element.text or "",
        tail=element.tail or "",
        line=element.line,
        children=tuple(node_of(child, depth + 1) for child in element),
    )


def camel(name: str) -> str:
    """Return a name of QTI 3 as QTI 2 has it: `response-if` is `responseIf`."""
    return _HYPHEN.sub(lambda found: found[1].upper(), name)


def kebab(name: str) -> str:
    """Return a name of QTI 2 as QTI 3 has it: `responseIf` is `response-if`."""
    return re.sub(r"[A-Z]", lambda found: f"-{found[0].lower()}", name)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _attribute(name: str) -> str:
    local = _local(name)
    return local if local.startswith(_FREE) else camel(local)
