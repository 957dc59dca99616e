"""The types of questions in Moodle, and what they are here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.gift_answers import whole_answer
from assessments.exchange.hardened_xml import Element
from assessments.exchange.moodle_xml.elements import (
    all_in,
    first_in,
    fraction_of,
    line_of,
    value_of,
    words_of,
)
from assessments.exchange.plain import one_line
from assessments.exchange.weights import CHANGED, right_of_one, right_of_several

Part = tuple[str, Mapping[str, Any]]
_CAPITALS = _("Taken, but capitals do not matter here.")
_PLACES = _("Taken, but here each step counts by its place alone.")
_MOST_POINTS = 20


@dataclass(frozen=True)
class Made:
    """A kind and its parts; `stem` where it is not the question's text as a whole."""

    kind: str
    parts: tuple[Part, ...]
    stem: str = ""
    changed: Any = None


def choice(question: Element) -> Made:
    """One right option, or several."""
    answers = list(all_in(question, "answer"))
    weights = [fraction_of(answer) for answer in answers]
    is_single = value_of(question, "single") in ("", "true", "1")
    changed = None
    if is_single:
        right = right_of_one(weights)
    else:
        right, is_same = right_of_several(weights)
        changed = None if is_same else CHANGED
    options = [_option(question, *pair) for pair in zip(answers, right, strict=True)]
    if any(not value["text"] for _type, value in options):
        raise NotTaken(_("An option has no words."))
    return Made("choice" if is_single else "multiple", tuple(options), changed=changed)


def true_or_false(question: Element) -> Made:
    """True stands first, whatever the order in the file."""
    by_word = {line_of(answer).casefold(): answer for answer in all_in(question, "answer")}
    if set(by_word) != {"true", "false"}:
        raise NotTaken(_("The answers are not “true” and “false”."))
    right = right_of_one([fraction_of(by_word[word]) for word in ("true", "false")])
    options = [
        ("option", {**_option(question, by_word[word.casefold()], is_right)[1], "text": word})
        for word, is_right in zip(("True", "False"), right, strict=True)
    ]
    return Made("true-false", tuple(options))


def matching(question: Element) -> Made:
    """A pair without its first end is a decoy."""
    parts: list[Part] = []
    for pair in all_in(question, "subquestion"):
        left, match = line_of(pair), line_of(first_in(pair, "answer"))
        if left:
            reason = general(question)
            parts.append(("pair", {"text": left, "match": match, "reason": reason}))
        elif match:
            parts.append(("decoy", {"text": match}))
    return Made("matching", tuple(parts))


def short_answer(question: Element) -> Made:
    """What earns all points is right; what earns nothing needs not be said."""
    right = _right_answers(question)
    texts = [one_line(line_of(answer)) for answer in right]
    if any("*" in text for text in texts):
        raise NotTaken(_("An answer has a wildcard (*), which is not possible here."))
    reason = _feedback(right) or general(question)
    part = {"answers": "\n".join(texts), "typos": 0, "reason": reason}
    changed = _CAPITALS if value_of(question, "usecase") == "1" else None
    return Made("fill-in", (("accepted", part),), changed=changed)


def number(question: Element) -> Made:
    """A number with a tolerance, and the first of the units."""
    right = _right_answers(question)
    if len(right) != 1:
        raise NotTaken(_("A number has several answers, which is not possible here."))
    (answer,) = right
    units = first_in(question, "units")
    unit = first_in(units, "unit") if units is not None else None
    try:
        value = float(line_of(answer))
        tolerance = abs(float(value_of(answer, "tolerance") or 0))
    except ValueError as error:
        words = _("“%(text)s” is no number.") % {"text": line_of(answer)[:40]}
        raise NotTaken(words) from error
    part = {
        "value": value,
        "tolerance": tolerance,
        "unit": value_of(unit, "unit_name") if unit is not None else "",
        "reason": _feedback(right) or general(question),
    }
    return Made("numeric", (("number", part),))


def essay(question: Element) -> Made:
    """One criterion, with the points of the question and what graders are told."""
    points = value_of(question, "defaultgrade")
    try:
        most = min(_MOST_POINTS, max(1, round(float(points or 1))))
    except ValueError:
        most = 1
    guidance = words_of(first_in(question, "graderinfo"))
    return Made("long-answer", (("criterion", whole_answer(guidance=guidance, points=most)),))


def ordering(question: Element) -> Made:
    """Steps stand in their order."""
    steps = [
        ("step", {"text": line_of(answer), "reason": words_of(first_in(answer, "feedback"))})
        for answer in all_in(question, "answer")
    ]
    by_place = value_of(question, "gradingtype") in ("ABSOLUTE_POSITION", "0")
    return Made("sequencing", tuple(steps), changed=None if by_place else _PLACES)


def general(question: Element) -> str:
    """Return what is said of every answer."""
    return words_of(first_in(question, "generalfeedback"))


def _option(question: Element, answer: Element, is_right: bool) -> Part:
    reason = words_of(first_in(answer, "feedback")) or general(question)
    return "option", {"text": line_of(answer), "correct": is_right, "reason": reason}


def _right_answers(question: Element) -> list[Element]:
    answers = [(answer, fraction_of(answer)) for answer in all_in(question, "answer")]
    if any(0 < fraction < 100 for _answer, fraction in answers):
        raise NotTaken(_("An answer earns a part of the points, which is not possible here."))
    right = [answer for answer, fraction in answers if fraction >= 100]
    if not right:
        raise NotTaken(_("No answer is right."))
    return right


def _feedback(answers: Sequence[Element]) -> str:
    said = (words_of(first_in(answer, "feedback")) for answer in answers)
    return next((words for words in said if words), "")
