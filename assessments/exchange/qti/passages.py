"""The text around gaps."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.exchange.qti.asking import outside
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.text import plain
from assessments.exchange.qti.tree import Node

_MARK = re.compile(r"\[\d+\]")
_HERE = re.compile(r"\0(\d+)\0")  # cannot stand in XML
_WRAPPERS = ("div", "section", "main", "article", "contentBody")


def parted(body: Node, gaps: Sequence[Node]) -> tuple[Node, Node]:
    """Return the blocks before the first that has a gap, and the rest: question and passage."""
    while len(body.children) == 1 and body.children[0].name in _WRAPPERS and not body.words:
        body = body.children[0]
    at = next(at for at, child in enumerate(body) if any(_holds(child, gap) for gap in gaps))
    before, after = body.children[:at], body.children[at:]
    is_inline = any(
        gap is after[0] for gap in gaps
    )  # then the words before it belong to its sentence
    if is_inline:
        before, after = (), body.children
    head = "" if is_inline else body.text
    rest = body.text if is_inline else ""
    return (
        Node("div", {}, head, "", body.line, before),
        Node("div", {}, rest, "", body.line, after),
    )


def _holds(node: Node, gap: Node) -> bool:
    return any(one is gap for one in node.all(gap.name))


def passage_of(node: Node, gaps: Sequence[Node]) -> str:
    """Return a text with a mark for each gap. Raises Unfit if it has such marks of its own."""

    def instead(one: Node) -> str | None:
        number = next((at for at, gap in enumerate(gaps, start=1) if gap is one), 0)
        return f"\0{number}\0" if number else outside(one)

    said = plain(node, instead)
    if _MARK.search(said):
        raise Unfit(_("The text has marks of its own that would look like gaps."), line=node.line)
    return _HERE.sub(r"[\1]", said)
