"""What stands in the elements of a Moodle XML file."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.hardened_xml import Element
from assessments.exchange.plain import from_either, from_html, from_markdown, one_line, tidy

_READERS = {"html": from_html, "markdown": from_markdown, "plain_text": tidy}


def all_in(node: Element, name: str) -> Iterator[Element]:
    """Yield the children with a name."""
    return (child for child in node if child.tag == name and isinstance(child, Element))


def first_in(node: Element, name: str) -> Element | None:
    """Return the first child with a name."""
    return next(all_in(node, name), None)


def raw(node: Element | None) -> str:
    """Return what an element says, as it stands in its `text` or in itself. Raises NotTaken."""
    if node is None:
        return ""
    inner = first_in(node, "text")
    if inner is not None and len(inner):
        raise NotTaken(_("There are elements within a text: HTML has to stand in CDATA."))
    return (inner if inner is not None else node).text or ""


def value_of(node: Element, name: str) -> str:
    """Return the bare value of a child, or an empty string."""
    return raw(first_in(node, name)).strip()


def words_of(node: Element | None, format_: str = "html") -> str:
    """Return the plain words of an element; it may say its own format. Raises NotTaken."""
    if node is None:
        return ""
    return _READERS.get(node.get("format", format_), from_either)(raw(node))


def line_of(node: Element | None, format_: str = "html") -> str:
    """Return the plain words of an element in one line. Raises as `words_of`."""
    return one_line(words_of(node, format_))


def fraction_of(answer: Element) -> float:
    """Return how much of the points an answer earns, in per cent."""
    try:
        return float(answer.get("fraction", "0"))
    except ValueError as error:
        raise NotTaken(_("An answer's fraction is no number.")) from error
