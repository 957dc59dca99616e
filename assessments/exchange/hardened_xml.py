"""XML from strangers: no document type, no entities, nothing from elsewhere, nothing without end.

What expands, reads other files or asks the network stands in, or behind, a document type
declaration; files with one that says more than the name of the root are refused (XML 1.0, 2.8 and
4.4; OWASP, XML External Entity Prevention).
"""

import xml.etree.ElementTree as tree
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

MOST_BYTES = 10 * 1024 * 1024
DEEPEST = 100
_SPACE = "}"


class Unreadable(Exception):
    """The file cannot be read at all; `line` is where, `reason` (translatable) why."""

    def __init__(self, reason: Any, line: int = 1) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line

    def __str__(self) -> str:
        return str(self.reason)


class Element(tree.Element):
    """An element that knows the line on which it begins. Tags are `{namespace}name`."""

    line: int = 1


def parse(data: bytes) -> Element:
    """Return the root of a document. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 10 MB."))
    parser = _Parser()
    try:
        parser.expat.Parse(data, True)
    except expat.ExpatError as error:
        said = expat.errors.messages.get(error.code, "")
        words = _("This is no well-formed XML (%(why)s).") % {"why": said}
        raise Unreadable(words, error.lineno) from error
    except (LookupError, ValueError) as error:
        raise Unreadable(_("The file has an encoding that is not known.")) from error
    root = parser.builder.close()
    if not isinstance(root, Element):
        raise Unreadable(_("The file holds nothing."))
    return root


class _Parser:
    def __init__(self) -> None:
        self.builder = tree.TreeBuilder(element_factory=Element)
        self.depth = 0
        self.expat = expat.ParserCreate(namespace_separator=_SPACE)
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = self.end
        self.expat.CharacterDataHandler = self.builder.data
        self.expat.StartDoctypeDeclHandler = self.check

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            words = _("Elements stand within each other more than %(most)d deep.")
            raise Unreadable(words % {"most": DEEPEST}, self.expat.CurrentLineNumber)
        named = {_name(key): value for key, value in attributes.items()}
        element = self.builder.start(_name(name), named)
        if isinstance(element, Element):
            element.line = self.expat.CurrentLineNumber

    def end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(_name(name))

    def check(self, name: str, system: str | None, public: str | None, subset: bool) -> None:
        """Let pass a declaration that names the root and nothing else: it can do nothing."""
        if not (system or public or subset):
            return
        words = _("Files with a document type of their own are not taken: they could read others.")
        raise Unreadable(words, self.expat.CurrentLineNumber)


def _name(name: str) -> str:
    """Return the name of an element or attribute as the standard library writes it."""
    return f"{{{name}" if _SPACE in name else name
