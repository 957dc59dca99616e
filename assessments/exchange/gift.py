"""GIFT in: questions as lines of text (Moodle documentation, "GIFT format")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.gift_answers import answered
from assessments.exchange.item import Item, Reading, Refusal
from assessments.exchange.plain import from_either, from_html, from_markdown, one_line, tidy

# Characters that mean something, behind a backslash; while a question is taken apart they are
# letters of nobody's alphabet.
_ESCAPED = {"\\\\": "\\", "\\:": ":", "\\#": "#", "\\=": "=", "\\{": "{", "\\}": "}", "\\~": "~"}
_ESCAPED |= {"\\n": "\n"}
_STANDS_FOR = {pair: chr(0xE000 + at) for at, pair in enumerate(_ESCAPED)}
_ESCAPE = re.compile(r"\\[\\:#={}~n]")
_NAMED = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])+)\]")
_LONGEST_COMMENT = 2_000
_LINE = re.compile(r"\r\n|\r|\n")
_GAP = "_____"
_READERS = {"html": from_html, "markdown": from_markdown, "plain": tidy}


@dataclass(frozen=True)
class _Block:
    """The lines of one question, and the tags in the comments before it."""

    line: int
    text: str
    tags: tuple[str, ...]


def read(text: str) -> Reading:
    """Return the questions of a GIFT file; what cannot be taken is listed with its line."""
    items: list[Item] = []
    refused: list[Refusal] = []
    changed: list[Refusal] = []
    for block in _blocks(text):
        name = _name_in(block.text)
        try:
            item, change = _item(block)
        except NotTaken as error:
            refused.append(Refusal(block.line, name, error.reason))
            continue
        items.append(item)
        if change:
            changed.append(Refusal(block.line, item.name, change))
    return Reading(tuple(items), tuple(refused), tuple(changed))


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the questions of a file: an empty line stands between them."""
    lines: list[str] = []
    tags: list[str] = []
    first = 1
    for number, line in enumerate([*_LINE.split(text), ""], start=1):
        bare = line.strip()
        if bare.startswith("//"):
            found = _TAG.findall(bare[:_LONGEST_COMMENT])
            tags += (tag.replace("\\]", "]") for tag in found)
        elif bare.startswith("$CATEGORY:"):
            continue
        elif bare:
            first = first if lines else number
            lines.append(line)
        elif lines:
            yield _Block(first, "\n".join(lines), tuple(tags))
            lines, tags = [], []


def _item(block: _Block) -> tuple[Item, Any]:
    text = _ESCAPE.sub(lambda found: _STANDS_FOR[found[0]], block.text)
    name = ""
    if named := _NAMED.match(text):
        name, text = named[1], text[named.end() :]
    format_ = ""
    if said := _FORMAT.match(text):
        format_, text = said[1], text[said.end() :]
    before, inside, after = _parted(text)
    made = answered(inside, lambda words: _plain(words, format_))
    gap = _GAP if after.strip() else ""
    stem = _plain(f"{before}{gap}{after}", format_)
    if not stem:
        raise NotTaken(_("The question has no words."))
    if gap and made.kind in ("matching", "long-answer"):
        raise NotTaken(_("A missing word cannot be a question of this kind."))
    item = Item(
        name=one_line(_plain(name, "plain")) or one_line(stem)[:80],
        kind=made.kind,
        stem=stem,
        parts=made.parts,
        tags=block.tags,
        line=block.line,
    )
    return item, made.changed


def _parted(text: str) -> tuple[str, str, str]:
    """Return what stands before the answers, the answers, and what comes after them."""
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        raise NotTaken(_("There are no answers in braces: a description is no question."))
    if start < 0 or end < start:
        raise NotTaken(
            _("A brace has no partner: an empty line ends a question; in words write \\{ or \\}.")
        )
    before, inside, after = text[:start], text[start + 1 : end], text[end + 1 :]
    if "{" in after:
        raise NotTaken(_("There are answers in two places, and a question can have one gap."))
    if "{" in inside or "}" in after:
        raise NotTaken(_("A brace stands within the answers: one in words is written \\{ or \\}."))
    return before, inside, after


def _name_in(text: str) -> str:
    """Return what an item is called where it cannot be read any further."""
    named = _NAMED.match(text)
    return one_line(named[1] if named else text)[:80]


def _plain(text: str, format_: str) -> str:
    """Return words without escapes; each text may say its own format."""
    if said := _FORMAT.match(text):
        format_, text = said[1], text[said.end() :]
    for pair, meant in _ESCAPED.items():
        text = text.replace(_STANDS_FOR[pair], meant)
    return _READERS.get(format_, from_either)(text)
