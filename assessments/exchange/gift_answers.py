"""What stands in the braces of a GIFT question. Escaped characters are letters already."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.phrases import FALSE, TRUE, WHOLE_ANSWER
from assessments.exchange.plain import one_line
from assessments.exchange.weights import (
    CHANGED,
    FREE,
    PART,
    right_of_one,
    right_of_several,
    right_words,
)

Parts = tuple[tuple[str, Mapping[str, Any]], ...]
_Plain = Callable[[str], str]
_TRUTH = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#(.*))?$", re.IGNORECASE | re.DOTALL)
_CHOICE = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*$")
_NEAR = re.compile(rf"\s*({_NUMBER})\s*(?::\s*({_NUMBER})\s*)?$")
_GENERAL = "####"
_LONGEST_NUMBER = 80


@dataclass(frozen=True)
class Answered:
    """The kind and the parts of a question, and what is different here, if anything."""

    kind: str
    parts: Parts
    changed: Any = None


@dataclass(frozen=True)
class _Answer:
    sign: str
    weight: float | None
    text: str
    feedback: str


def answered(inside: str, plain: _Plain) -> Answered:
    """Return what the braces say. Raises NotTaken."""
    inside, mark, general = inside.rpartition(_GENERAL)
    inside, general = (inside, plain(general)) if mark else (general, "")
    bare = inside.strip()
    if not bare:
        return Answered("long-answer", (("criterion", whole_answer(guidance=general)),))
    if truth := _TRUTH.match(bare):
        return _true_or_false(truth, plain, general)
    if bare.startswith("#"):
        return _number(bare[1:], plain, general)
    answers = _answers(bare, plain)
    if "~" in bare:
        return _choice(answers, general)
    if any("->" in answer.text for answer in answers):
        return _matching(answers, general)
    return _written(answers, general)


def whole_answer(*, guidance: str, points: int = 10) -> dict[str, Any]:
    """Return the one criterion of a long answer that came without a rubric."""
    return {"text": WHOLE_ANSWER, "points": points, "guidance": guidance}


def _answers(text: str, plain: _Plain) -> list[_Answer]:
    first = re.split("[=~]", text, maxsplit=1)[0]
    if first.strip():  # the first answer may come without its sign
        text = f"{'~' if '~' in text else '='}{text}"
    found = []
    for sign, rest in _CHOICE.findall(text):
        weight, rest = _weighed(rest) if _WEIGHT.match(rest) else (None, rest)
        words, _mark, feedback = rest.partition("#")
        found.append(_Answer(sign, weight, one_line(plain(words)), plain(feedback)))
    return found


def _true_or_false(truth: re.Match[str], plain: _Plain, general: str) -> Answered:
    is_true = truth[1].upper().startswith("T")
    wrong, _mark, right = (truth[2] or "").partition("#")
    reasons = (plain(right), plain(wrong)) if is_true else (plain(wrong), plain(right))
    return Answered(
        "true-false",
        tuple(
            ("option", {"text": text, "correct": correct, "reason": reason or general})
            for text, correct, reason in zip(
                (TRUE, FALSE), (is_true, not is_true), reasons, strict=True
            )
        ),
    )


def _choice(answers: list[_Answer], general: str) -> Answered:
    if any(not answer.text for answer in answers):
        raise NotTaken(_("An option has no words."))
    is_single = any(answer.sign == "=" for answer in answers)
    weights = [
        answer.weight if answer.weight is not None else (100.0 if answer.sign == "=" else 0.0)
        for answer in answers
    ]
    right, is_same = right_of_one(weights) if is_single else right_of_several(weights)
    changed = None if is_same else FREE if is_single else CHANGED
    parts = tuple(
        (
            "option",
            {"text": answer.text, "correct": correct, "reason": answer.feedback or general},
        )
        for answer, correct in zip(answers, right, strict=True)
    )
    return Answered("choice" if is_single else "multiple", parts, changed)


def _matching(answers: list[_Answer], general: str) -> Answered:
    parts: list[tuple[str, Mapping[str, Any]]] = []
    for answer in answers:
        if "->" not in answer.text:
            raise NotTaken(_("An answer lacks the “->” that the others have."))
        left, _mark, match = (side.strip() for side in answer.text.partition("->"))
        reason = answer.feedback or general
        if left:
            parts.append(("pair", {"text": left, "match": match, "reason": reason}))
        else:
            parts.append(("decoy", {"text": match}))
    return Answered("matching", tuple(parts))


def _written(answers: list[_Answer], general: str) -> Answered:
    right = right_words([(one.text, 100 if one.weight is None else one.weight) for one in answers])
    told = (one.feedback for one in answers if one.text in right and one.feedback)
    reason, lines = next(told, general), "\n".join(right)
    return Answered("fill-in", (("accepted", {"answers": lines, "typos": 0, "reason": reason}),))


def _number(text: str, plain: _Plain, general: str) -> Answered:
    text, _mark, _wrong = text.partition("~")  # feedback to whatever else is written
    answers = [_weighed(one) for one in text.split("=") if one.strip()]
    right = [said for weight, said in answers if weight > 0]
    if not right:
        raise NotTaken(_("No answer is right."))
    if len(right) > 1:
        raise NotTaken(_("A number has several answers, which is not possible here."))
    if any(0 < weight < 100 for weight, _said in answers):
        raise NotTaken(PART)
    number, _mark, feedback = right[0].partition("#")
    value, tolerance = _value(number)
    reason = plain(feedback) or general
    part = {"value": value, "tolerance": tolerance, "unit": "", "reason": reason}
    return Answered("numeric", (("number", part),))


def _weighed(text: str) -> tuple[float, str]:
    """Return the weight of an answer, in per cent, and the rest of it."""
    said = _WEIGHT.match(text)
    return (float(said[1]), text[said.end() :]) if said else (100.0, text)


def _value(text: str) -> tuple[float, float]:
    """Return a number and its tolerance; decimal, as its author counted."""
    short = text if len(text) <= _LONGEST_NUMBER else ""
    if found := _RANGE.match(short):
        low, high = sorted((Decimal(found[1]), Decimal(found[2])))
        return float((low + high) / 2), float((high - low) / 2)
    if found := _NEAR.match(short):
        return float(found[1]), abs(float(found[2] or 0))
    raise NotTaken(_("“%(text)s” is no number.") % {"text": text.strip()[:40]})
