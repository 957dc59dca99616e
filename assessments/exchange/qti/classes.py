"""What QTI has no element for stands in classes of ours, which others pass over."""

import re

from assessments.exchange.qti.tree import Node

TYPOS = "typos-"  # slips allowed in a word
POINTS = "points-"  # the most points of a criterion
CRITERION = "criterion"  # the text of a criterion in a rubric
PASSAGE = "passage"  # a text with gaps, though it have only one
LIKERT = "likert"  # a scale, which has no right answer


def number_in_class(node: Node, name: str) -> int | None:
    """Return the number that a class of ours holds, such as `points-5`."""
    found = re.search(rf"(?:^|\s){name}(\d{{1,2}})(?:\s|$)", node.get("class"))
    return int(found[1]) if found else None


def classes(node: Node) -> list[str]:
    """Return the classes of an element."""
    return node.get("class").split()
