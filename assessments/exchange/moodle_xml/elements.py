"""What stands in the elements of a Moodle XML file."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.hardened_xml import Element
from assessments.exchange.plain import from_either, from_html, one_line, tidy

_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_TEXT = re.compile(r"""\balt\s*=\s*(?:"\s*[^"\s][^"]*"|'\s*[^'\s][^']*')""", re.IGNORECASE)
_ELSE = re.compile(r"@@PLUGINFILE@@|<(?:audio|video|object|embed|iframe)\b", re.IGNORECASE)


def all_in(node: Element, name: str) -> Iterator[Element]:
    """Yield the children with a name."""
    return (child for child in node if child.tag == name and isinstance(child, Element))


def first_in(node: Element, name: str) -> Element | None:
    """Return the first child with a name."""
    return next(all_in(node, name), None)


def raw(node: Element | None) -> str:
    """Return what an element says, as it stands in its `text` or in itself."""
    if node is None:
        return ""
    inner = first_in(node, "text")
    return (inner if inner is not None else node).text or ""


def value_of(node: Element, name: str) -> str:
    """Return the bare value of a child, or an empty string."""
    return raw(first_in(node, name)).strip()


def words_of(node: Element | None, format_: str = "html") -> str:
    """Return the plain words of an element; it may say its own format.

    A picture is its text alternative. Raises NotTaken for one that has none, and for sound.
    """
    if node is None:
        return ""
    text, format_ = raw(node), node.get("format", format_)
    if format_ in ("plain_text", "markdown"):
        return tidy(text)
    for image in _IMAGE.findall(text):
        if not _TEXT.search(image):
            raise NotTaken(_("A picture has no text alternative, and pictures are not taken."))
    if _ELSE.search(_IMAGE.sub("", text)):
        raise NotTaken(_("A file belongs to the question (sound, film or another)."))
    return from_html(text) if format_ == "html" else from_either(text)


def line_of(node: Element | None, format_: str = "html") -> str:
    """Return the plain words of an element in one line. Raises as `words_of`."""
    return one_line(words_of(node, format_))


def fraction_of(answer: Element) -> float:
    """Return how much of the points an answer earns, in per cent."""
    try:
        return float(answer.get("fraction", "0"))
    except ValueError as error:
        raise NotTaken(_("An answer's fraction is no number.")) from error
