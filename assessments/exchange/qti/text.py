"""The text of an item's body, plain: no markup, and no meaning lost without a word."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.tree import Node
from assessments.exchange.raised import raised_or_lowered

Instead = Callable[[Node], str | None]

# Neither can stand in XML, so neither can come from a file.
_PARAGRAPH, _LINE = "\f", "\v"
_PARAGRAPHS = {
    *("p", "div", "blockquote", "ul", "ol", "dl", "table", "pre", "address"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "figure"),
    *("itemBody", "prompt", "contentBody", "main", "aside", "center"),
}
_LINES = {"li", "dt", "dd", "tr", "caption", "figcaption", "br", "hr"}
_INLINE = {
    *("span", "b", "strong", "i", "em", "u", "small", "big", "tt", "code", "kbd", "samp", "var"),
    *("abbr", "acronym", "cite", "dfn", "a", "font", "label", "bdo", "bdi", "mark", "time"),
    *("thead", "tbody", "tfoot", "colgroup", "col", "nobr", "wbr"),
}
_SILENT = {"stylesheet", "style", "catalogInfo", "companionMaterialsInfo"}


def nothing(node: Node) -> str | None:
    """Put nothing special in the place of any element."""
    return None


def plain(node: Node, instead: Instead = nothing) -> str:
    """Return the text of an element: paragraphs are parted by an empty line, spaces are single.

    `instead` says what stands for an element, None for its own text. Raises Unfit for an element
    whose meaning a plain text cannot hold.
    """
    said = re.sub(" {2,}", " ", _within(node, instead))
    return re.sub(f" ?[{_PARAGRAPH}{_LINE}][{_PARAGRAPH}{_LINE} ]*", _break, said).strip(" \n")


def one_line(node: Node, instead: Instead = nothing) -> str:
    """Return the text of an element as one line. Raises as `plain`."""
    return re.sub(r"\n+", " ", plain(node, instead))


def _within(node: Node, instead: Instead) -> str:
    said = [_spaced(node, node.text)]
    for child in node:
        other = instead(child)
        said.append(_element(child, instead) if other is None else other)
        said.append(_spaced(node, child.tail))
    return "".join(said)


def _element(node: Node, instead: Instead) -> str:
    if node.name in _PARAGRAPHS:
        return f"{_PARAGRAPH}{_within(node, instead)}{_PARAGRAPH}"
    if node.name in _LINES:
        return f"{_LINE}{_within(node, instead)}{_LINE}"
    if node.name in ("sup", "sub"):
        return _shifted(node, instead)
    if node.name == "q":
        return f"“{_within(node, instead)}”"
    if node.name in ("td", "th"):
        return f"{_within(node, instead)} "
    if node.name in _SILENT or _is_decoration(node):
        return ""
    if node.name not in _INLINE:
        raise unfit_for_text(node)
    return _within(node, instead)


def unfit_for_text(node: Node) -> Unfit:
    """Return the error, to be raised, of an element that a plain text cannot hold."""
    return Unfit(_what(node), line=node.line)


def _what(node: Node) -> str:
    if node.name in ("img", "picture", "svg", "object", "gapImg"):
        return _("There is a picture in the text; only places in a picture can have one.")
    if node.name == "math":
        return _("There is a formula in the text, which a plain text cannot hold.")
    if node.name in ("audio", "video", "iframe"):
        return _("There is sound, film or a page of its own in the text.")
    if node.name in ("printedVariable", "templateInline", "templateBlock"):
        return _("A part of the text is made anew by chance for each learner.")
    return _("There is “%(name)s” in the text, which a plain text cannot hold.") % {
        "name": node.name
    }


def _is_decoration(node: Node) -> bool:
    return node.name == "img" and node.attributes.get("alt") == ""


def _shifted(node: Node, instead: Instead) -> str:
    said = _within(node, instead).strip()
    shifted = raised_or_lowered(said, tag=node.name)
    if shifted is None:
        raise Unfit(
            _("“%(text)s” is raised or lowered, which a plain text cannot hold.") % {"text": said},
            line=node.line,
        )
    return shifted


def _spaced(node: Node, text: str) -> str:
    if node.name == "pre":
        return text.strip("\n").replace("\n", _LINE)
    return re.sub(r"[ \t\r\n]+", " ", text)


def _break(found: re.Match[str]) -> str:
    return "\n\n" if _PARAGRAPH in found[0] else "\n"
