"""Write a Moodle XML file; what the format cannot carry is listed with the reason."""

import re
import xml.etree.ElementTree as tree
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.item import Item, Refusal
from assessments.exchange.moodle_xml.embedded import escaped
from assessments.exchange.plain import to_html
from assessments.exchange.weights import share_of

_Part = Mapping[str, Any]
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK = re.compile(r"\[(\d+)\]")
_TYPES = {
    "choice": "multichoice",
    "multiple": "multichoice",
    "true-false": "truefalse",
    "matching": "matching",
    "fill-in": "shortanswer",
    "numeric": "numerical",
    "long-answer": "essay",
    "sequencing": "ordering",
    "cloze": "cloze",
}


def write(items: Iterable[Item]) -> tuple[bytes, tuple[Refusal, ...]]:
    """Return a file with the questions, and those that it cannot hold."""
    quiz = tree.Element("quiz")
    refused: list[Refusal] = []
    for number, item in enumerate(items, start=1):
        try:
            quiz.append(_question(item))
        except NotTaken as error:
            refused.append(Refusal(number, item.name, error.reason))
    tree.indent(quiz, " ")
    written: bytes = tree.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return written, tuple(refused)


def _question(item: Item) -> tree.Element:
    if item.kind not in _TYPES:
        raise NotTaken(_("Moodle XML has no questions of this kind."))
    question = tree.Element("question", type=_TYPES[item.kind])
    _text(question, "name", item.name)
    if item.kind == "cloze":
        _text(question, "questiontext", _cloze(item), format="html")
    else:
        _text(question, "questiontext", to_html(item.stem), format="html")
        _WRITERS[item.kind](question, [value for _type, value in item.parts])
    if item.tags:
        tags = tree.SubElement(question, "tags")
        for tag in item.tags:
            _text(tags, "tag", tag)
    return question


def _text(parent: tree.Element, name: str, text: str, **attributes: str) -> tree.Element:
    element = tree.SubElement(parent, name, attributes)
    _value(element, "text", text)
    return element


def _value(parent: tree.Element, name: str, value: object) -> None:
    if _NO_XML.search(str(value)):
        raise NotTaken(_("It has a character that XML cannot hold."))
    tree.SubElement(parent, name).text = str(value)


def _answer(
    parent: tree.Element, text: str, fraction: str, reason: str, **how: str
) -> tree.Element:
    answer = _text(parent, "answer", text, fraction=fraction, **how)
    if reason:
        _text(answer, "feedback", to_html(reason), format="html")
    return answer


def _one_right(question: tree.Element, parts: list[_Part]) -> None:
    _value(question, "single", "true")
    for part in parts:
        fraction = "100" if part["correct"] else "0"
        _answer(question, to_html(part["text"]), fraction, part.get("reason") or "", format="html")


def _several_right(question: tree.Element, parts: list[_Part]) -> None:
    _value(question, "single", "false")
    share = share_of(sum(bool(part["correct"]) for part in parts))
    for part in parts:
        fraction = share if part["correct"] else f"-{share}"
        _answer(question, to_html(part["text"]), fraction, part.get("reason") or "", format="html")


def _true_or_false(question: tree.Element, parts: list[_Part]) -> None:
    for word, part in zip(("true", "false"), parts, strict=True):
        _answer(question, word, "100" if part["correct"] else "0", part.get("reason") or "")


def _matching(question: tree.Element, parts: list[_Part]) -> None:
    reasons = list(dict.fromkeys(part["reason"] for part in parts if part.get("reason")))
    if reasons:
        _text(question, "generalfeedback", to_html("\n".join(reasons)), format="html")
    for part in parts:
        left, match = (part["text"], part["match"]) if "match" in part else ("", part["text"])
        pair = _text(question, "subquestion", to_html(left) if left else "", format="html")
        _text(pair, "answer", match).set("format", "plain_text")


def _written(question: tree.Element, parts: list[_Part]) -> None:
    (part,) = parts
    if "*" in part["answers"]:
        raise NotTaken(_("An answer holds *, which means “anything” in Moodle."))
    _value(question, "usecase", 0)
    first, *others = part["answers"].split("\n")
    _answer(question, first, "100", part.get("reason") or "", format="plain_text")
    for other in others:
        _answer(question, other, "100", "", format="plain_text")


def _number(question: tree.Element, parts: list[_Part]) -> None:
    (part,) = parts
    answer = _answer(question, repr(float(part["value"])), "100", part.get("reason") or "")
    _value(answer, "tolerance", repr(float(part.get("tolerance") or 0)))
    if part.get("unit"):
        unit = tree.SubElement(tree.SubElement(question, "units"), "unit")
        _value(unit, "multiplier", 1)
        _value(unit, "unit_name", part["unit"])


def _long(question: tree.Element, parts: list[_Part]) -> None:
    criteria = [part for part in parts if "points" in part]
    _value(question, "defaultgrade", sum(part["points"] for part in criteria))
    told = [
        part["guidance"] or ""
        if len(criteria) == 1
        else f"{part['text']} ({part['points']}): {part['guidance'] or ''}".strip()
        for part in criteria
    ]
    _text(question, "graderinfo", to_html("\n".join(told)), format="html")


def _ordered(question: tree.Element, parts: list[_Part]) -> None:
    _value(question, "layouttype", "VERTICAL")
    _value(question, "selecttype", "ALL")
    _value(question, "gradingtype", "ABSOLUTE_POSITION")
    for place, part in enumerate(parts, start=1):
        _answer(
            question, to_html(part["text"]), f"{place}", part.get("reason") or "", format="html"
        )


def _cloze(item: Item) -> str:
    """Return the text with its embedded answers; the question stands before it as a heading."""
    passage = next(value["text"] for type_, value in item.parts if type_ == "passage")
    gaps = [value for type_, value in item.parts if type_ == "gap"]
    text = _MARK.sub(lambda mark: _embedded(gaps[int(mark[1]) - 1]), to_html(passage))
    heading = to_html(item.stem).removeprefix("<p>").removesuffix("</p>")
    return f"<h4>{heading.replace('</p><p>', '<br><br>')}</h4>{text}"


def _embedded(gap: _Part) -> str:
    right = [f"={escaped(line)}" for line in gap["answers"].split("\n")]
    if gap.get("reason"):
        right[0] += f"#{escaped(gap['reason']).replace(chr(10), '<br>')}"
    decoys = [escaped(line) for line in (gap.get("decoys") or "").split("\n") if line]
    if not decoys and "*" in gap["answers"]:
        raise NotTaken(_("An answer holds *, which means “anything” in Moodle."))
    type_ = "MULTICHOICE" if decoys else "SHORTANSWER"
    return f"{{1:{type_}:{'~'.join([*right, *decoys])}}}"


_WRITERS: dict[str, Callable[[tree.Element, list[_Part]], None]] = {
    "choice": _one_right,
    "multiple": _several_right,
    "true-false": _true_or_false,
    "matching": _matching,
    "fill-in": _written,
    "numeric": _number,
    "long-answer": _long,
    "sequencing": _ordered,
}
