"""One field: a word, or a number."""

import re

from django.utils.translation import gettext as _

from assessments.exchange.qti.accepted import accepted, candidates
from assessments.exchange.qti.asking import Asked, Source, outside
from assessments.exchange.qti.classes import TYPOS, number_in_class
from assessments.exchange.qti.comparing import tolerance_of
from assessments.exchange.qti.declarations import Declaration, number
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.text import plain
from assessments.exchange.qti.tree import Node

BLANK = "_____"
MOST_TYPOS = 3
_HERE = "\0"  # cannot stand in XML
_UNIT = 40
_NEAR = 1e-6


def text_entry(source: Source, node: Node) -> Asked:
    """Read a textEntryInteraction that stands alone: a word to fill in, or a number."""
    declared = source.marking.of(node)
    text = plain(source.body, lambda one: _HERE if one is node else outside(one))
    if declared.base_type in ("float", "integer"):
        return _number(source, declared, text)
    answers = accepted(source.marking, declared, {})
    part = {
        "answers": "\n".join(answers),
        "typos": min(MOST_TYPOS, number_in_class(node, TYPOS) or 0),
        "reason": source.feedback.about(declared.identifier, {declared.identifier: answers[:1]}),
    }
    return Asked("fill-in", _with_blank(text), [("accepted", part)])


def _number(source: Source, declared: Declaration, text: str) -> Asked:
    marking, name = source.marking, declared.identifier
    points = {number(one): marking.score({name: [one]}) for one in candidates(marking, declared)}
    full = max(points.values())
    right = [one for one, worth in points.items() if worth > full - _NEAR]
    if full <= max(0.0, marking.score({})) + _NEAR or len(right) > 1:
        raise Unfit(_("There is not one right number, or it earns no points."))
    tolerance = _tolerance(source, declared, right[0])
    _require_ends(source, declared, right[0], tolerance, full)
    stem, unit = _unit(text)
    part = {
        "value": right[0],
        "tolerance": tolerance,
        "unit": unit,
        "reason": source.feedback.about(name, {name: [repr(right[0])]}),
    }
    return Asked("numeric", stem, [("number", part)])


def _tolerance(source: Source, declared: Declaration, value: float) -> float:
    for statement in source.marking.statements:
        for node in statement.all("equal"):
            if any(child.get("identifier") == declared.identifier for child in node):
                below, above = tolerance_of(node, value)
                if abs(below - above) > _NEAR:
                    raise Unfit(
                        _("More is allowed to one side of the number than to the other."),
                        line=node.line,
                    )
                return above
    return 0.0


def _require_ends(
    source: Source, declared: Declaration, value: float, tolerance: float, full: float
) -> None:
    """Raise Unfit unless exactly the numbers within the tolerance are right."""

    def is_right(one: float) -> bool:
        return source.marking.score({declared.identifier: [repr(one)]}) > full - _NEAR

    near = max(tolerance, abs(value), 1.0) * _NEAR
    within = [
        value - tolerance + near * bool(tolerance),
        value + tolerance - near * bool(tolerance),
    ]
    beyond = [value - tolerance - near, value + tolerance + near]
    if not all(map(is_right, within)) or any(map(is_right, beyond)):
        raise Unfit(_("Which numbers are right cannot be said as a number and a tolerance."))


def _unit(text: str) -> tuple[str, str]:
    """Return the question, and what stands behind the field if the field begins its line."""
    before, _here, after = text.partition(_HERE)
    after = after.strip(" ")
    if (not before or before.endswith("\n")) and "\n" not in after and len(after) <= _UNIT:
        return before.strip(" \n"), after
    return _with_blank(text), ""


def _with_blank(text: str) -> str:
    before, _here, after = text.partition(_HERE)
    if not re.search(r"\w", after):
        return before.strip(" \n")
    return f"{before}{BLANK}{after}"
