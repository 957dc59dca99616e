"""Answers that stand within a text of Moodle's: `{1:SHORTANSWER:=means~%0%harm#Read art. 4.}`."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.plain import from_html, one_line

_START = re.compile(r"\{\s*(\d*)\s*:\s*([A-Za-z_]+)\s*:")
_END = re.compile(r"\\.|\}", re.DOTALL)
_ANSWER = re.compile(r"(=|%-?\d+(?:\.\d+)?%)?((?:\\.|[^~\\])*)(?:~|$)", re.DOTALL)
_WORDS = re.compile(r"((?:\\.|[^#\\])*)#?(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """An answer with what it earns, in per cent."""

    text: str
    percent: float
    feedback: str


@dataclass(frozen=True)
class Embedded:
    """What stands in one place of a text."""

    weight: str
    type: str
    answers: tuple[Answer, ...]


def pieces_of(text: str) -> Iterator[str | Embedded]:
    """Yield a text of HTML in its order, and what is embedded in it.

    Raises NotTaken for what begins as an answer and does not end as one.
    """
    at = 0
    while start := _START.search(text, at):
        yield text[at : start.start()]
        end = next((one for one in _END.finditer(text, start.end()) if one[0] == "}"), None)
        if end is None:
            raise NotTaken(_("A gap in the text has no end."))
        said = text[start.end() : end.start()].strip()
        answers = tuple(_answer(*found) for found in _ANSWER.findall(said) if any(found))
        yield Embedded(start[1] or "1", start[2].upper(), answers)
        at = end.end()
    yield text[at:]


def _answer(sign: str, rest: str) -> Answer:
    percent = 100.0 if sign == "=" else float(sign.strip("%")) if sign else 0.0
    said = _WORDS.fullmatch(rest)
    words, feedback = said.groups() if said else (rest, "")
    return Answer(one_line(_plain(words)), percent, _plain(feedback))


def _plain(text: str) -> str:
    return from_html(_ESCAPE.sub(r"\1", text))


def escaped(text: str) -> str:
    """Return a text as it may stand in an embedded answer within HTML."""
    said = re.sub(r"([\\}#~])", r"\\\1", html.escape(text, quote=False))
    # At the beginning these would say how much the answer earns.
    return {"=": "&equals;", "%": "&percnt;"}.get(said[:1], said[:1]) + said[1:]
