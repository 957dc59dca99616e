"""Write one item of QTI 3."""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from assessments.exchange.item import Item
from assessments.exchange.qti.choice_writing import choice, likert, multiple
from assessments.exchange.qti.elements import ITEM, Element, as_xml, paragraphs, qti
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.field_writing import fill_in, long_answer, numeric
from assessments.exchange.qti.gap_writing import cloze
from assessments.exchange.qti.order_writing import matching, sequencing
from assessments.exchange.qti.place_writing import hotspot
from assessments.exchange.qti.processing import SCORE
from assessments.exchange.qti.scoring import FEEDBACK, outcome, shown
from assessments.exchange.qti.written import Written

WRITERS: dict[str, Callable[[Item], Written]] = {
    "choice": choice,
    "true-false": choice,
    "multiple": multiple,
    "likert": likert,
    "matching": matching,
    "sequencing": sequencing,
    "long-answer": long_answer,
    "fill-in": fill_in,
    "numeric": numeric,
    "cloze": cloze,
    "hotspot": hotspot,
}
# What XML 1.0 can hold, without what it silently turns into something else.
_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_item(item: Item, identifier: str) -> tuple[bytes, Mapping[str, bytes]]:
    """Return an item as XML, and the files it names. Raises Unfit for what QTI cannot ask."""
    if item.kind not in WRITERS:
        raise Unfit(_("QTI has no question of this kind."))
    if _UNFIT.search(" ".join([item.name, item.stem, *_texts(item)])):
        raise Unfit(_("It has a character that XML cannot hold."))
    written = WRITERS[item.kind](item)
    root = qti(
        "assessmentItem",
        *written.declarations,
        *_outcomes(written),
        qti("itemBody", *written.body),
        *_processing(written),
        *(_feedback(key, reason) for key, reason in written.reasons.items()),
        identifier=identifier,
        title=item.name,
        adaptive="false",
        timeDependent="false",
    )
    return as_xml(root, ITEM), written.files


def _texts(item: Item) -> list[str]:
    return [
        value for _type, part in item.parts for value in part.values() if isinstance(value, str)
    ]


def _outcomes(written: Written) -> list[Element]:
    marked = {"externalScored": "human"} if written.is_marked else {}
    found = []
    if written.most:
        found = [
            outcome(SCORE, "0", normalMaximum=str(written.most), **marked),
            outcome("MAXSCORE", str(written.most)),
        ]
    if written.reasons:
        shown_how = qti("outcomeDeclaration", identifier=FEEDBACK, baseType="identifier")
        is_single = written.chosen and written.declarations[0].get("cardinality") == "single"
        shown_how.set("cardinality", "single" if is_single else "multiple")
        found.append(shown_how)
    return found


def _processing(written: Written) -> list[Element]:
    statements = [*written.scoring]
    if written.reasons:
        statements.append(shown(list(written.reasons), chosen=written.chosen))
    return [qti("responseProcessing", *statements)] if statements else []


def _feedback(identifier: str, reason: str) -> Element:
    return qti(
        "modalFeedback",
        qti("contentBody", *paragraphs(reason)),
        outcomeIdentifier=FEEDBACK,
        identifier=identifier,
        showHide="show",
    )
