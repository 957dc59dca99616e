"""One field, as QTI asks it: a word, a number, a long answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.exchange.item import Item
from assessments.exchange.qti.classes import CRITERION, POINTS, TYPOS
from assessments.exchange.qti.elements import Element, add_after, html, paragraphs, qti
from assessments.exchange.qti.scoring import RESPONSE, correct, declared, earned, point_if, variable
from assessments.exchange.qti.written import Written, asked, parts_of, reasons_of
from assessments.kinds.written import lines


def fill_in(item: Item) -> Written:
    """A word: every right answer earns the point, capitals do not matter."""
    (part,) = parts_of(item, "accepted")
    entry = qti("textEntryInteraction", responseIdentifier=RESPONSE)
    if part.get("typos"):
        entry.set("class", f"{TYPOS}{part['typos']}")
    return Written(
        declarations=[texts_declared(RESPONSE, lines(part["answers"]))],
        body=[*paragraphs(item.stem), html("p", entry)],
        scoring=earned([RESPONSE]),
        reasons=reasons_of([RESPONSE], [part]),
    )


def numeric(item: Item) -> Written:
    """A number within its tolerance; the unit stands behind the field."""
    (part,) = parts_of(item, "number")
    value, tolerance = (_said(part.get(key) or 0) for key in ("value", "tolerance"))
    field = html("p")
    unit = part.get("unit") or ""
    entry = qti("textEntryInteraction", responseIdentifier=RESPONSE)
    add_after(field, entry, f" {unit}" if unit else "")
    is_right = qti(
        "equal",
        variable(RESPONSE),
        correct(RESPONSE),
        toleranceMode="absolute",
        tolerance=f"{tolerance} {tolerance}",
    )
    return Written(
        declarations=[declared(RESPONSE, "single", "float", [value])],
        body=[*paragraphs(item.stem), field],
        scoring=[point_if(is_right)],
        reasons=reasons_of([RESPONSE], [part]),
    )


def long_answer(item: Item) -> Written:
    """An answer that a trainer marks: each criterion is a rubric for scorers.

    A sample answer is declared as right; there is no processing that would compare it.
    """
    criteria = parts_of(item, "criterion")
    samples = [str(sample["text"]) for sample in parts_of(item, "sample")]
    interaction = qti("extendedTextInteraction", responseIdentifier=RESPONSE)
    return Written(
        declarations=[declared(RESPONSE, "single", "string", samples)],
        body=[*asked(item.stem, interaction), *map(_rubric, criteria)],
        most=sum(int(one["points"]) for one in criteria),
        is_marked=True,
    )


def texts_declared(name: str, answers: Sequence[str]) -> Element:
    """Return a response to which each of some texts is right."""
    points = [(answer, 1) for answer in answers]
    return declared(name, "single", "string", answers[:1], points, is_folded=True)


def _rubric(criterion: Mapping[str, Any]) -> Element:
    head = html("p", text=criterion["text"], class_=CRITERION)
    content = qti("contentBody", head, *paragraphs(criterion.get("guidance") or ""))
    rubric = qti("rubricBlock", content, view="scorer", use="scoring")
    rubric.set("class", f"{POINTS}{criterion['points']}")
    return rubric


def _said(number: Any) -> str:
    return repr(float(number)).removesuffix(".0")
