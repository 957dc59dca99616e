"""A text with gaps, as QTI asks it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assessments.exchange.item import Item
from assessments.exchange.qti.classes import PASSAGE
from assessments.exchange.qti.elements import Element, html, paragraphs, qti
from assessments.exchange.qti.field_writing import texts_declared
from assessments.exchange.qti.scoring import declared, earned
from assessments.exchange.qti.written import Written, parts_of, reasons_of
from assessments.kinds.written import lines

_MARK = re.compile(r"\[(\d+)\]")


def cloze(item: Item) -> Written:
    """A text with gaps; a gap with wrong answers to choose from is a list."""
    (passage,) = parts_of(item, "passage")
    gaps = parts_of(item, "gap")
    marks = [int(number) for number in _MARK.findall(passage["text"])]
    in_order = [gaps[number - 1] for number in marks]
    names = [f"GAP-{number}" for number in range(1, len(in_order) + 1)]
    fields = [_field(name, gap) for name, gap in zip(names, in_order, strict=True)]
    return Written(
        declarations=[_declared(name, gap) for name, gap in zip(names, in_order, strict=True)],
        body=[
            *paragraphs(item.stem),
            html("div", *_filled(passage["text"], fields), class_=PASSAGE),
        ],
        scoring=earned(names),
        reasons=reasons_of(names, in_order),
        most=len(names),
    )


def _options(gap: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return what is right and what is offered in a gap; nothing is offered in a field."""
    answers, decoys = lines(gap["answers"]), lines(gap.get("decoys") or "")
    offered = [*answers, *decoys] if decoys else []
    return answers, list(dict.fromkeys(offered))


def _declared(name: str, gap: Mapping[str, Any]) -> Element:
    answers, offered = _options(gap)
    if not offered:
        return texts_declared(name, answers)
    keys = [f"choice-{number}" for number in range(1, len(offered) + 1)]
    right = keys[: len(dict.fromkeys(answers))]
    return declared(name, "single", "identifier", right[:1], [(key, 1) for key in right])


def _field(name: str, gap: Mapping[str, Any]) -> Element:
    _answers, offered = _options(gap)
    if not offered:
        return qti("textEntryInteraction", responseIdentifier=name)
    choices = [
        qti("inlineChoice", text=text, identifier=f"choice-{number}")
        for number, text in enumerate(offered, start=1)
    ]
    return qti("inlineChoiceInteraction", *choices, responseIdentifier=name, shuffle="true")


def _filled(text: str, fields: Sequence[Element]) -> list[Element]:
    """Return the paragraphs of a passage with a field in the place of each mark."""
    rest = iter(fields)
    filled = []
    for paragraph in text.split("\n\n"):
        element = html("p")
        for at, piece in enumerate(re.split(r"(\n|\[\d+\])", paragraph)):
            if at % 2 == 0:
                _add_text(element, piece)
            else:
                element.append(html("br") if piece == "\n" else next(rest))
        filled.append(element)
    return filled


def _add_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = text
    else:
        element.text = text
