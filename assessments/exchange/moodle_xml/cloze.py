"""Texts with gaps: Moodle's embedded answers, and its words to choose or to drag."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.hardened_xml import Element
from assessments.exchange.moodle_xml.elements import first_in, line_of, raw
from assessments.exchange.moodle_xml.embedded import Answer, Embedded, pieces_of
from assessments.exchange.moodle_xml.kinds import CAPITALS, Made, Part, general
from assessments.exchange.phrases import FILL_IN
from assessments.exchange.plain import from_html
from assessments.exchange.weights import PART, right_words
from assessments.kinds.written import is_one_of

_STEM = re.compile(r"\s*<h4>(.*?)</h4>", re.DOTALL)
_WRITTEN = {"SHORTANSWER", "SA", "MW", "NUMERICAL", "NM"}
_BY_CASE = {"SHORTANSWER_C", "SAC", "MWC"}
_CHOSEN = re.compile(r"(MULTICHOICE|MC)(_?(V|H|S|VS|HS))?$")
_MARK = re.compile(r"\[\d+\]")
_WORD = re.compile(r"\[\[(\d+)\]\]")
_NO_LIST = _("Taken, but a gap with nothing else to choose from is a field to write in.")


def cloze(question: Element) -> Made:
    """Embedded answers: fields to write in, or lists."""
    stem, body = _parted(raw(first_in(question, "questiontext")))
    _check_marks(body)
    gaps: list[Part] = []
    embedded: list[Embedded] = []
    passage = ""
    for piece in pieces_of(body):
        if isinstance(piece, str):
            passage += piece
            continue
        embedded.append(piece)
        gaps.append(_gap(piece))
        passage += f"[{len(gaps)}]"
    if len({piece.weight for piece in embedded}) > 1:
        raise NotTaken(_("Gaps count differently, which is not possible here."))
    changed = CAPITALS if any(piece.type in _BY_CASE for piece in embedded) else None
    chosen = [bool(_CHOSEN.match(piece.type)) for piece in embedded]
    return _made(question, stem, from_html(passage), gaps, chosen, changed)


def gap_select(question: Element) -> Made:
    """Words to choose or to drag into a text, `[[1]]`; those of one group are offered together."""
    words = [
        (line_of(box), line_of(first_in(box, "group")) or "1")
        for box in question
        if box.tag in ("selectoption", "dragbox") and isinstance(box, Element)
    ]
    stem, body = _parted(raw(first_in(question, "questiontext")))
    _check_marks(_WORD.sub("", body))
    gaps: list[Part] = []

    def gap(found: re.Match[str]) -> str:
        place = int(found[1][:6]) - 1
        if not 0 <= place < len(words):
            raise NotTaken(_("A gap names a word that is not there."))
        right, group = words[place]
        gaps.append(_gap_of([right], [w for w, of in words if of == group and w != right], ""))
        return f"[{len(gaps)}]"

    passage = from_html(_WORD.sub(gap, body))
    return _made(question, stem, passage, gaps, [True] * len(gaps), None)


def _check_marks(text: str) -> None:
    if _MARK.search(text):
        raise NotTaken(_("The text itself holds numbers in brackets, which stand for gaps here."))


def _parted(text: str) -> tuple[str, str]:
    """Return the question and the text with gaps: a heading before the text is the question."""
    if heading := _STEM.match(text):
        return from_html(heading[1]), text[heading.end() :]
    return "", text


def _made(
    question: Element,
    stem: str,
    passage: str,
    gaps: Sequence[Part],
    chosen: Sequence[bool],
    changed: object,
) -> Made:
    """Return the question; what is said of it in general is said of each gap without a reason."""
    if not gaps:
        raise NotTaken(_("The text has no gaps."))
    told = general(question)
    whole = [(type_, {**value, "reason": value["reason"] or told}) for type_, value in gaps]
    is_no_list = any(
        is_list and not value["decoys"]
        for is_list, (_type, value) in zip(chosen, whole, strict=True)
    )
    parts = (("passage", {"text": passage}), *whole)
    return Made("cloze", parts, stem or FILL_IN, changed or (_NO_LIST if is_no_list else None))


def _gap(piece: Embedded) -> Part:
    answers = [(answer.text, answer.percent) for answer in piece.answers]
    if piece.type in _WRITTEN | _BY_CASE:
        if piece.type in ("NUMERICAL", "NM"):
            answers = [(_number(text), percent) for text, percent in answers]
        right = right_words(answers)
        return _gap_of(right, [], _feedback(piece.answers, right))
    if not _CHOSEN.match(piece.type):
        words = _("There are no gaps of the type “%(type)s” here.")
        raise NotTaken(words % {"type": piece.type[:40]})
    if any(0 < percent < 100 for _text, percent in answers):
        raise NotTaken(PART)
    right = [text for text, percent in answers if percent >= 100]
    decoys = [text for text, percent in answers if percent <= 0]
    return _gap_of(right, decoys, _feedback(piece.answers, right))


def _feedback(answers: Sequence[Answer], right: Sequence[str]) -> str:
    return next((one.feedback for one in answers if one.text in right and one.feedback), "")


def _gap_of(right: list[str], decoys: list[str], reason: str) -> Part:
    if not any(right):
        raise NotTaken(_("No answer is right."))
    if not all([*right, *decoys]):
        raise NotTaken(_("An option has no words."))
    for decoy in decoys:
        if is_one_of(decoy, right):
            words = _("“%(text)s” is wrong there; here capitals and diacritics do not matter.")
            raise NotTaken(words % {"text": decoy[:40]})
    lines = {"answers": "\n".join(right), "decoys": "\n".join(decoys), "reason": reason}
    return "gap", lines


def _number(text: str) -> str:
    value, _mark, tolerance = text.partition(":")
    if tolerance.strip() not in ("", "0", "0.0"):
        raise NotTaken(_("A number in a gap has a tolerance, which is not possible here."))
    return value.strip()
