"""What stands in the braces of a GIFT question. Escaped characters are letters already."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.plain import one_line
from assessments.exchange.weights import CHANGED, right_of_one, right_of_several

Parts = tuple[tuple[str, Mapping[str, Any]], ...]
_Plain = Callable[[str], str]
_TRUTH = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#(.*))?$", re.IGNORECASE | re.DOTALL)
_CHOICE = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*$")
_NEAR = re.compile(rf"\s*({_NUMBER})\s*(?::\s*({_NUMBER})\s*)?$")
_GENERAL = "####"


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
    inside, _mark, general = inside.partition(_GENERAL)
    general = plain(general)
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
    if all("->" in answer.text for answer in answers):
        return _matching(answers, general)
    return _written(answers, general)


def whole_answer(*, guidance: str, points: int = 10) -> dict[str, Any]:
    """Return the one criterion of a long answer that came without a rubric."""
    return {"text": str(_("The answer as a whole")), "points": points, "guidance": guidance}


def _answers(text: str, plain: _Plain) -> list[_Answer]:
    found = []
    for sign, rest in _CHOICE.findall(text):
        weight = None
        if said := _WEIGHT.match(rest):
            weight, rest = float(said[1]), rest[said.end() :]
        words, _mark, feedback = rest.partition("#")
        found.append(_Answer(sign, weight, one_line(plain(words)), plain(feedback)))
    if not found:
        raise NotTaken(_("The answers begin neither with = nor with ~."))
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
                ("True", "False"), (is_true, not is_true), reasons, strict=True
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
    changed = None
    if is_single:
        right = right_of_one(weights)
    else:
        right, is_same = right_of_several(weights)
        changed = None if is_same else CHANGED
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
        left, _mark, match = (side.strip() for side in answer.text.partition("->"))
        reason = answer.feedback or general
        if left:
            parts.append(("pair", {"text": left, "match": match, "reason": reason}))
        else:
            parts.append(("decoy", {"text": match}))
    return Answered("matching", tuple(parts))


def _written(answers: list[_Answer], general: str) -> Answered:
    if any(answer.weight not in (None, 100.0) for answer in answers):
        raise NotTaken(_("An answer earns a part of the points, which is not possible here."))
    if any("*" in answer.text for answer in answers):
        raise NotTaken(_("An answer has a wildcard (*), which is not possible here."))
    reason = next((answer.feedback for answer in answers if answer.feedback), general)
    lines = "\n".join(answer.text for answer in answers if answer.text)
    return Answered("fill-in", (("accepted", {"answers": lines, "typos": 0, "reason": reason}),))


def _number(text: str, plain: _Plain, general: str) -> Answered:
    answers = [text] if "=" not in text else [one for one in text.split("=") if one.strip()]
    right = [one for one in answers if not one.lstrip().startswith("~")]
    if len(right) != 1 or len(answers) != 1:
        raise NotTaken(_("A number has several answers, which is not possible here."))
    said = right[0]
    if weight := _WEIGHT.match(said):
        if float(weight[1]) != 100.0:
            raise NotTaken(_("An answer earns a part of the points, which is not possible here."))
        said = said[weight.end() :]
    number, _mark, feedback = said.partition("#")
    value, tolerance = _value(number)
    reason = plain(feedback) or general
    part = {"value": value, "tolerance": tolerance, "unit": "", "reason": reason}
    return Answered("numeric", (("number", part),))


def _value(text: str) -> tuple[float, float]:
    if found := _RANGE.match(text):
        low, high = sorted((float(found[1]), float(found[2])))
        return (low + high) / 2, (high - low) / 2
    if found := _NEAR.match(text):
        return float(found[1]), abs(float(found[2] or 0))
    raise NotTaken(_("“%(text)s” is no number.") % {"text": text.strip()[:40]})
