"""Choosing among options, as QTI asks it."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.exchange.item import Item
from assessments.exchange.qti.classes import LIKERT
from assessments.exchange.qti.elements import Element, qti
from assessments.exchange.qti.scoring import RESPONSE, correct, declared, earned, point_if, variable
from assessments.exchange.qti.written import (
    Written,
    asked,
    numbered,
    parts_of,
    reasons_of,
    simple_choices,
)


def choice(item: Item) -> Written:
    """One right option of several, or of true and false."""
    parts = parts_of(item, "option")
    is_true_false = item.kind == "true-false"
    keys = ["true", "false"] if is_true_false else numbered("option", parts)
    right = [key for key, part in zip(keys, parts, strict=True) if part["correct"]]
    return Written(
        declarations=[declared(RESPONSE, "single", "identifier", right)],
        body=asked(item.stem, _choices(keys, parts, "1", "false" if is_true_false else "true")),
        scoring=[point_if(qti("match", variable(RESPONSE), correct(RESPONSE)))],
        reasons=reasons_of(keys, parts),
        chosen=True,
    )


def multiple(item: Item) -> Written:
    """Several right options: a wrong one takes away as much as a right one gives."""
    parts = parts_of(item, "option")
    keys = numbered("option", parts)
    right = [key for key, part in zip(keys, parts, strict=True) if part["correct"]]
    points = [(key, 1 if key in right else -1) for key in keys]
    return Written(
        declarations=[declared(RESPONSE, "multiple", "identifier", right, points)],
        body=asked(item.stem, _choices(keys, parts, "0", "true")),
        scoring=earned([RESPONSE]),
        reasons=reasons_of(keys, parts),
        chosen=True,
        most=len(right),
    )


def likert(item: Item) -> Written:
    """A scale: there is no right answer, and the class says that none is missing."""
    parts = parts_of(item, "point")
    scale = _choices(numbered("point", parts), parts, "1", "false")
    scale.set("class", LIKERT)
    return Written([declared(RESPONSE, "single", "identifier")], asked(item.stem, scale), most=0)


def _choices(
    keys: Sequence[str], parts: Sequence[Mapping[str, Any]], most: str, shuffle: str
) -> Element:
    return qti(
        "choiceInteraction",
        *simple_choices(keys, parts),
        responseIdentifier=RESPONSE,
        maxChoices=most,
        shuffle=shuffle,
    )
