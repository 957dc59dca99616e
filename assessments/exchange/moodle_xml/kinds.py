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
from assessments.exchange.phrases import FALSE, TRUE
from assessments.exchange.plain import one_line
from assessments.exchange.weights import (
    CHANGED,
    FREE,
    PART,
    right_of_one,
    right_of_several,
    right_words,
)

Part = tuple[str, Mapping[str, Any]]
CAPITALS = _("Taken, but capitals do not matter here.")
_PLACES = _("Taken, but here each step counts by its place alone.")
_UNIT = _("Taken, but the number is asked for in the first unit only.")
_BEGUN = _("Taken, but the field to write in begins empty.")
_MOST_POINTS = 20
_NO_UNITS = "3"


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
    right, is_same = right_of_one(weights) if is_single else right_of_several(weights)
    changed = None if is_same else FREE if is_single else CHANGED
    options = [_option(question, *pair) for pair in zip(answers, right, strict=True)]
    if any(not value["text"] for _type, value in options):
        raise NotTaken(_("An option has no words."))
    return Made("choice" if is_single else "multiple", tuple(options), changed=changed)


def true_or_false(question: Element) -> Made:
    """True stands first, whatever the order in the file."""
    by_word = {line_of(answer).casefold(): answer for answer in all_in(question, "answer")}
    if set(by_word) != {"true", "false"}:
        raise NotTaken(_("The answers are not “true” and “false”."))
    right, is_same = right_of_one([fraction_of(by_word[word]) for word in ("true", "false")])
    options = [
        ("option", {**_option(question, by_word[word.casefold()], is_right)[1], "text": word})
        for word, is_right in zip((TRUE, FALSE), right, strict=True)
    ]
    return Made("true-false", tuple(options), changed=None if is_same else FREE)


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
    said = [
        (one_line(line_of(answer)), fraction_of(answer), answer)
        for answer in all_in(question, "answer")
    ]
    right = right_words([(text, weight) for text, weight, _answer in said])
    reason = _feedback([answer for text, _weight, answer in said if text in right])
    part = {"answers": "\n".join(right), "typos": 0, "reason": reason or general(question)}
    changed = CAPITALS if value_of(question, "usecase") == "1" else None
    return Made("fill-in", (("accepted", part),), changed=changed)


def number(question: Element) -> Made:
    """A number with a tolerance, in the unit in which it is given."""
    right = _right_answers(question)
    if len(right) != 1:
        raise NotTaken(_("A number has several answers, which is not possible here."))
    (answer,) = right
    try:
        value = float(line_of(answer))
        tolerance = abs(float(value_of(answer, "tolerance") or 0))
    except ValueError as error:
        words = _("“%(text)s” is no number.") % {"text": line_of(answer)[:40]}
        raise NotTaken(words) from error
    unit, is_one_of_several = _unit(question)
    reason = _feedback(right) or general(question)
    part = {"value": value, "tolerance": tolerance, "unit": unit, "reason": reason}
    changed = _UNIT if is_one_of_several else None
    return Made("numeric", (("number", part),), changed=changed)


def _unit(question: Element) -> tuple[str, bool]:
    """Return the unit in which the number is given, and whether there are others."""
    parent = first_in(question, "units")
    units = list(all_in(parent, "unit")) if parent is not None else []
    if not units or value_of(question, "showunits") == _NO_UNITS:
        return "", False
    own = next((one for one in units if _is_once(value_of(one, "multiplier"))), None)
    if own is None:
        raise NotTaken(_("No unit is the one in which the number is given."))
    return value_of(own, "unit_name"), len(units) > 1


def _is_once(multiplier: str) -> bool:
    try:
        return float(multiplier or 1) == 1
    except ValueError:
        return False


def essay(question: Element) -> Made:
    """One criterion, with the points of the question and what graders are told."""
    if value_of(question, "responseformat") == "noinline" or value_of(
        question, "attachmentsrequired"
    ) not in ("", "0"):
        raise NotTaken(_("A file has to be handed in, which is not possible here."))
    try:
        points = float(value_of(question, "defaultgrade") or 1)
    except ValueError:
        points = 1.0
    most = round(min(_MOST_POINTS, max(1.0, points)))
    guidance = words_of(first_in(question, "graderinfo"))
    is_begun = bool(words_of(first_in(question, "responsetemplate")))
    criterion = whole_answer(guidance=guidance, points=most)
    return Made("long-answer", (("criterion", criterion),), changed=_BEGUN if is_begun else None)


def ordering(question: Element) -> Made:
    """Steps stand in their order."""
    steps = [
        ("step", {"text": line_of(answer), "reason": words_of(first_in(answer, "feedback"))})
        for answer in all_in(question, "answer")
    ]
    if value_of(question, "selecttype") not in ("", "ALL", "0"):
        raise NotTaken(
            _("Learners are given a part of the steps only, which is not possible here.")
        )
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
        raise NotTaken(PART)
    right = [answer for answer, fraction in answers if fraction >= 100]
    if not right:
        raise NotTaken(_("No answer is right."))
    return right


def _feedback(answers: Sequence[Element]) -> str:
    said = (words_of(first_in(answer, "feedback")) for answer in answers)
    return next((words for words in said if words), "")
