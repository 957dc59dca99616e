"""What the readers of interactions work with, and what they return."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessments.exchange.qti.declarations import Declaration
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.feedback import SHOWN, Feedback
from assessments.exchange.qti.marking import Marking
from assessments.exchange.qti.text import nothing, one_line, plain, unfit_for_text
from assessments.exchange.qti.tree import Node

MOST_CHOICES = 60
Parts = Sequence[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Source:
    """An item that is being read. `file` returns the bytes of a file beside it, or raises Unfit."""

    item: Node
    body: Node
    marking: Marking
    feedback: Feedback
    file: Callable[[str], bytes]


@dataclass(frozen=True)
class Asked:
    """What an item asks: the kind, the question and its parts, as in `assessments.exchange.item`.

    An empty `stem` means that the item's title is all there is.
    """

    kind: str
    stem: str
    parts: Parts
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def stem_of(source: Source, interaction: Node) -> str:
    """Return the text of the body, with the prompt where the interaction stands."""
    prompt = interaction.below("prompt")
    said = plain(prompt[0], outside) if prompt else ""
    return plain(source.body, lambda node: f"\f{said}\f" if node is interaction else outside(node))


def outside(node: Node) -> str | None:
    """Leave out what learners do not see before they answer."""
    if node.name in SHOWN:
        return ""
    if node.name == "rubricBlock":
        return f"\f{plain(node)}\f" if "candidate" in node.get("view").split() else ""
    return None


def named(nodes: Sequence[Node]) -> dict[str, str]:
    """Return the texts of choices by identifier. Raises Unfit for one that is empty or alike."""
    if len(nodes) > MOST_CHOICES:
        raise Unfit(_("There is too much to choose from."), line=nodes[0].line)
    texts = dict[str, str]()
    for node in nodes:
        identifier, text = node.get("identifier"), one_line(node, _without_feedback)
        if not text and (shown := node.first("img", "gapImg")):
            raise unfit_for_text(shown)
        if not text or not identifier or identifier in texts:
            raise Unfit(_("A choice has no text, or no name of its own."), line=node.line)
        texts[identifier] = text
    return texts


def _without_feedback(node: Node) -> str | None:
    return "" if node.name in SHOWN else nothing(node)


def right_ones(source: Source, declared: Declaration, offered: Sequence[str]) -> list[str]:
    """Return what is right: as declared, or else whatever earns points alone."""
    if declared.correct:
        return list(dict.fromkeys(declared.correct))
    none = max(0.0, source.marking.score({}))
    return [one for one in offered if source.marking.score({declared.identifier: [one]}) > none]
