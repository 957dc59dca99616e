"""Choosing among options, and putting them in order."""

from django.utils.translation import gettext as _

from assessments.exchange.qti.asking import Asked, Parts, Source, named, right_ones, stem_of
from assessments.exchange.qti.classes import LIKERT, classes
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.probing import prove
from assessments.exchange.qti.tree import Node

_TRUE_FALSE = ("true", "false")


def choice(source: Source, node: Node) -> Asked:
    """Read a choiceInteraction: one right option, several, true or false, or a scale."""
    declared, texts = source.marking.of(node), named(node.below("simpleChoice"))
    stem = stem_of(source, node)
    if source.marking.is_silent and _is_scale(source, node):
        return Asked("likert", stem, [("point", {"text": text}) for text in texts.values()])
    right = require_known(right_ones(source, declared, list(texts)), texts)
    name = declared.identifier
    prove(
        source.marking,
        right=[{name: [one]} for one in right],
        wrong=[(text, {name: [one]}) for one, text in texts.items() if one not in right],
    )
    is_single = declared.cardinality == "single" or node.get("maxChoices") == "1"
    if is_single and len(right) > 1:
        raise Unfit(_("Several options are right, but only one may be chosen."))
    kind = "choice" if is_single else "multiple"
    order = list(texts)
    if is_single and sorted(key.casefold() for key in order) == sorted(_TRUE_FALSE):
        kind, order = "true-false", sorted(order, key=lambda key: key.casefold() == "false")
    parts: Parts = [
        (
            "option",
            {
                "text": texts[one],
                "correct": one in right,
                "reason": reason_of(source, one, name, is_whole=is_single),
            },
        )
        for one in order
    ]
    return Asked(kind, stem, parts)


def order(source: Source, node: Node) -> Asked:
    """Read an orderInteraction: every choice must have its place."""
    declared, texts = source.marking.of(node), named(node.below("simpleChoice"))
    right = require_known(list(declared.correct), texts)
    if sorted(right) != sorted(texts):
        raise Unfit(_("Not every step has its place in the right order."))
    name, score = declared.identifier, source.marking.score
    full = score({name: right})
    swapped = (_swapped(right, at) for at in range(len(right) - 1))
    if full <= max(0.0, score({})) or any(score({name: other}) >= full for other in swapped):
        raise Unfit(_("Another order earns as many points as the one that is said to be right."))
    parts: Parts = [
        ("step", {"text": texts[one], "reason": source.feedback.named(one)}) for one in right
    ]
    return Asked("sequencing", stem_of(source, node), parts)


def reason_of(source: Source, one: str, name: str, *, is_whole: bool) -> str:
    """Return why an option is right or wrong. Only if it is a whole answer, it was shown alone."""
    return source.feedback.about(one, {name: [one]}) if is_whole else source.feedback.named(one)


def require_known(right: list[str], texts: dict[str, str]) -> list[str]:
    """Return the right ones. Raises Unfit if one of them is not there to be chosen."""
    if not set(right) <= texts.keys():
        raise Unfit(_("The right answer is not among those that can be chosen."))
    return right


def _is_scale(source: Source, node: Node) -> bool:
    return LIKERT in classes(source.body) + classes(node) and not source.marking.of(node).correct


def _swapped(right: list[str], at: int) -> list[str]:
    return [*right[:at], right[at + 1], right[at], *right[at + 2 :]]
