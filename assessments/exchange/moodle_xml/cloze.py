"""Texts with gaps: Moodle's embedded answers, and its words to choose or to drag."""

import html
import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.hardened_xml import Element
from assessments.exchange.moodle_xml.elements import first_in, line_of, raw, words_of
from assessments.exchange.moodle_xml.kinds import Made, Part
from assessments.exchange.plain import from_html, one_line

_STEM = re.compile(r"\s*<h4>(.*?)</h4>", re.DOTALL)
_DEFAULT_STEM = _("Fill in what is missing.")
_EMBEDDED = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_WRITTEN = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM"}
_CHOSEN = re.compile(r"(MULTICHOICE|MC)(_?(V|H|S|VS|HS))?$")
_ANSWER = re.compile(r"(=|%-?\d+(?:\.\d+)?%)?((?:\\.|[^~\\])*)(?:~|$)", re.DOTALL)
_WORDS = re.compile(r"((?:\\.|[^#\\])*)#?(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MARK = re.compile(r"\[\d+\]")
_WORD = re.compile(r"\[\[(\d+)\]\]")


@dataclass(frozen=True)
class _Answer:
    text: str
    percent: float
    feedback: str


def cloze(question: Element) -> Made:
    """Embedded answers, `{1:SHORTANSWER:=means}`: fields to write in, or lists."""
    text = first_in(question, "questiontext")
    words_of(text)  # for its pictures
    said = raw(text)
    if _MARK.search(said):
        raise NotTaken(_("The text itself holds numbers in brackets, which stand for gaps here."))
    stem, body = _parted(said)
    gaps: list[Part] = []
    weights = set[str]()

    def gap(found: re.Match[str]) -> str:
        weights.add(found[1] or "1")
        gaps.append(_gap(found[2], found[3]))
        return f"[{len(gaps)}]"

    passage = from_html(_EMBEDDED.sub(gap, body))
    if len(weights) > 1:
        raise NotTaken(_("Gaps count differently, which is not possible here."))
    return _made(stem, passage, gaps)


def gap_select(question: Element) -> Made:
    """Words to choose or to drag into a text, `[[1]]`; those of one group are offered together."""
    names = ("selectoption", "dragbox")
    words = [
        (line_of(box), line_of(first_in(box, "group")) or "1")
        for box in question
        if box.tag in names and isinstance(box, Element)
    ]
    text = first_in(question, "questiontext")
    words_of(text)
    stem, body = _parted(raw(text))
    gaps: list[Part] = []

    def gap(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if not 0 <= place < len(words):
            raise NotTaken(_("A gap names a word that is not there."))
        right, group = words[place]
        decoys = [word for word, of in words if of == group and word != right]
        gaps.append(_gap_of([right], decoys, ""))
        return f"[{len(gaps)}]"

    return _made(stem, from_html(_WORD.sub(gap, body)), gaps)


def _parted(text: str) -> tuple[str, str]:
    """Return the question and the text with gaps: a heading before the text is the question."""
    if heading := _STEM.match(text):
        return from_html(heading[1]), text[heading.end() :]
    return "", text


def _made(stem: str, passage: str, gaps: list[Part]) -> Made:
    if not gaps:
        raise NotTaken(_("The text has no gaps."))
    parts: list[Part] = [("passage", {"text": passage}), *gaps]
    return Made("cloze", tuple(parts), stem=stem or str(_DEFAULT_STEM))


def _gap(type_: str, said: str) -> Part:
    answers = [_answer(*found) for found in _ANSWER.findall(said) if any(found)]
    right = [answer for answer in answers if answer.percent >= 100]
    if any(0 < answer.percent < 100 for answer in answers):
        raise NotTaken(_("An answer earns a part of the points, which is not possible here."))
    if not right:
        raise NotTaken(_("No answer is right."))
    reason = next((answer.feedback for answer in right if answer.feedback), "")
    texts = [answer.text for answer in right]
    if type_ in _WRITTEN:
        if type_ in ("NUMERICAL", "NM"):
            texts = [_number(text) for text in texts]
        if any("*" in text for text in texts):
            raise NotTaken(_("An answer has a wildcard (*), which is not possible here."))
        return _gap_of(texts, [], reason)
    if not _CHOSEN.match(type_):
        raise NotTaken(_("There are no gaps of the type “%(type)s” here.") % {"type": type_})
    decoys = [answer.text for answer in answers if answer.percent <= 0]
    return _gap_of(texts, decoys, reason)


def _gap_of(right: list[str], decoys: list[str], reason: str) -> Part:
    lines = {"answers": "\n".join(right), "decoys": "\n".join(decoys), "reason": reason}
    return "gap", lines


def _answer(sign: str, rest: str) -> _Answer:
    percent = 100.0 if sign == "=" else float(sign.strip("%")) if sign else 0.0
    said = _WORDS.fullmatch(rest)
    words, feedback = said.groups() if said else (rest, "")
    return _Answer(one_line(_plain(words)), percent, _plain(feedback))


def _plain(text: str) -> str:
    return from_html(_ESCAPE.sub(r"\1", text))


def _number(text: str) -> str:
    value, _mark, tolerance = text.partition(":")
    if tolerance.strip() not in ("", "0", "0.0"):
        raise NotTaken(_("A number in a gap has a tolerance, which is not possible here."))
    return value.strip()


def escaped(text: str) -> str:
    """Return a text as it may stand in an embedded answer within HTML."""
    said = re.sub(r"([\\}#~])", r"\\\1", html.escape(text, quote=False))
    # At the beginning these would say how much the answer earns.
    return {"=": "&equals;", "%": "&percnt;"}.get(said[:1], said[:1]) + said[1:]
