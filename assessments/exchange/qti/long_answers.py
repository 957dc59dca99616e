"""A long answer, which a trainer marks."""

from django.utils.translation import gettext as _

from assessments.exchange.qti.asking import Asked, Source, stem_of
from assessments.exchange.qti.classes import CRITERION, POINTS, classes, number_in_class
from assessments.exchange.qti.declarations import number
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.processing import SCORE
from assessments.exchange.qti.text import one_line, plain
from assessments.exchange.qti.tree import Node

MOST_POINTS = 20


def extended_text(source: Source, node: Node) -> Asked:
    """Read an extendedTextInteraction: a trainer marks it, as the rubric for scorers says.

    What is declared as right is a sample answer.
    """
    declared = source.marking.of(node)
    if declared.cardinality != "single" or declared.mapping:
        raise Unfit(_("A long answer is one text, and a trainer marks it."), line=node.line)
    rubrics = [one for one in source.item.all("rubricBlock") if "scorer" in one.get("view").split()]
    criteria = [(one, head) for one in rubrics if (head := _head(one))]
    parts = [_criterion(one, head) for one, head in criteria] or [
        {
            "text": _("The answer as a whole"),
            "points": _points(source),
            "guidance": "\n\n".join(map(plain, rubrics)),
        }
    ]
    samples = [("sample", {"text": text}) for text in declared.correct if text]
    return Asked(
        "long-answer",
        stem_of(source, node),
        [*(("criterion", part) for part in parts), *samples],
    )


def _criterion(rubric: Node, head: Node) -> dict[str, object]:
    return {
        "text": one_line(head),
        "points": min(MOST_POINTS, max(1, number_in_class(rubric, POINTS) or 1)),
        "guidance": plain(rubric, lambda node: "" if node is head else None),
    }


def _head(rubric: Node) -> Node | None:
    """Return what names the criterion in a rubric of ours."""
    heads = (node for node in rubric.all("p") if CRITERION in classes(node))
    return next(heads, None) if number_in_class(rubric, POINTS) else None


def _points(source: Source) -> int:
    """Return the most points there are, within what a criterion can have."""
    highest = source.marking.defaults.get("MAXSCORE")
    said = highest.correct[0] if highest and highest.correct else ""
    for outcome in source.item.below("outcomeDeclaration"):
        if not said and outcome.get("identifier") == SCORE:
            said = outcome.get("normalMaximum")
    return min(MOST_POINTS, max(1, round(number(said or "1"))))
