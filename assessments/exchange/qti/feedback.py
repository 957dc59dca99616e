"""The reasons of an item: feedback that is shown after an answer."""

from collections.abc import Iterable

from assessments.exchange.qti.marking import Answer, Marking
from assessments.exchange.qti.text import plain
from assessments.exchange.qti.tree import Node

SHOWN = ("modalFeedback", "feedbackInline", "feedbackBlock")


class Feedback:
    """What is said after which answer."""

    def __init__(self, item: Node, marking: Marking) -> None:
        self.marking = marking
        self.nodes = [node for node in item.all(*SHOWN) if node.get("showHide", "show") == "show"]

    def about(self, identifier: str, answer: Answer) -> str:
        """Return why `answer`, the whole of it, is right or wrong: what is shown after it."""
        outcomes = self._outcomes(answer)
        return _joined(
            node
            for node in self.nodes
            if node.get("identifier") == identifier
            or node.get("identifier") in outcomes.get(node.get("outcomeIdentifier"), ())
        )

    def named(self, identifier: str) -> str:
        """Return the feedback that bears the name of a part."""
        return _joined(node for node in self.nodes if node.get("identifier") == identifier)

    def _outcomes(self, answer: Answer) -> dict[str, tuple[object, ...]]:
        return dict(self.marking.outcomes(answer)) if self.nodes else {}


def _joined(nodes: Iterable[Node]) -> str:
    return "\n".join(dict.fromkeys(text for node in nodes if (text := plain(node))))
