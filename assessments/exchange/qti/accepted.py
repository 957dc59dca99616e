"""Which texts are right in a field."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.exchange.qti.declarations import Declaration
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.marking import Answer, Marking
from assessments.exchange.qti.tree import Node
from assessments.kinds.written import is_one_of

_NEAR = 1e-6
MOST = 100
LONGEST = 200


def candidates(marking: Marking, declared: Declaration) -> list[str]:
    """Return every text that the item mentions as an answer, the right one first.

    Raises Unfit if there is none.
    """
    mapped = declared.mapping.keys if declared.mapping else ()
    compared = (text for node in marking.statements for text in _compared(node, declared))
    found = [" ".join(text.split()) for text in (*declared.correct, *mapped, *compared)]
    texts = [text for text in dict.fromkeys(found) if text]
    if not texts:
        raise Unfit(_("No right answer is declared."), line=declared.line)
    if len(texts) > MOST or max(map(len, texts)) > LONGEST:
        raise Unfit(_("There are too many right answers, or one of them is too long."))
    return texts


def likeliest(marking: Marking, declared: Declaration) -> str:
    """Return the text that earns most by itself. Raises as `candidates`."""
    name = declared.identifier
    texts = candidates(marking, declared)
    return max(texts, key=lambda text: marking.score({name: [text]}))


def accepted(marking: Marking, declared: Declaration, others: Answer) -> list[str]:
    """Return what is right, the others being answered rightly.

    Raises Unfit where something is right in part, or capitals, accents or script decide: here a
    text is right or wrong, and these do not matter.
    """
    name, none = declared.identifier, marking.score(others)
    points = {
        text: marking.score({**others, name: [text]}) for text in candidates(marking, declared)
    }
    full = max(points.values())
    if full <= none + _NEAR:
        raise Unfit(_("The answer that is said to be right earns no points."))
    right = [text for text, worth in points.items() if worth > full - _NEAR]
    for text, worth in points.items():
        if worth > full - _NEAR:
            continue
        if is_one_of(text, right):
            raise Unfit(
                _("“%(text)s” earns less than “%(right)s”; here they are alike.")
                % {"text": text, "right": right[0]}
            )
        if worth > none + _NEAR:
            raise Unfit(
                _("“%(text)s” earns a part of the points; here a text is right or wrong.")
                % {"text": text}
            )
    if marking.score({**others, name: [f"{right[0]} ¤ ¤"]}) > none + _NEAR:
        raise Unfit(_("Other texts than those that are given earn points as well."))
    return right


def _compared(node: Node, declared: Declaration) -> Iterator[str]:
    """Yield the texts with which the processing compares the response."""
    is_compared = any(
        child.name == "variable" and child.get("identifier") == declared.identifier
        for child in node
    )
    for child in node:
        if is_compared and child.name == "baseValue":
            yield child.words
        yield from _compared(child, declared)
