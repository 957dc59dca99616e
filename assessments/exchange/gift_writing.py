"""GIFT out: what the format can carry; the rest is listed with the reason."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.item import Item, Refusal
from assessments.exchange.weights import share_of

_SPECIAL = re.compile(r"[\\:#={}~\n]")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_ESCAPES = {"\n": "\\n"}
_CLOSED = "\\]"
_Part = Mapping[str, Any]


def write(items: Iterable[Item]) -> tuple[str, tuple[Refusal, ...]]:
    """Return a file with the questions, and those that it cannot hold."""
    blocks: list[str] = []
    refused: list[Refusal] = []
    for number, item in enumerate(items, start=1):
        try:
            blocks.append(_block(item))
        except NotTaken as error:
            refused.append(Refusal(number, item.name, error.reason))
    return "\n\n".join([*blocks, ""]), tuple(refused)


def _block(item: Item) -> str:
    answers = _WRITERS.get(item.kind)
    if answers is None:
        raise NotTaken(_("GIFT has no questions of this kind."))
    parts = [value for _type, value in item.parts]
    tags = "".join(f" [tag:{tag.replace(']', _CLOSED)}]" for tag in item.tags)
    head = f"//{tags}\n" if tags else ""
    name, stem = _said(item.name), _said(item.stem)
    return f"{head}::{name}::[plain]{stem}{{\n{answers(parts)}\n}}"


def _said(text: str) -> str:
    """Return a text with everything escaped that means something."""
    escaped = _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], f"\\{found[0]}"), text)
    return f"[plain]{escaped}" if _FORMAT.match(text) else escaped


def _why(part: _Part) -> str:
    reason = part.get("reason") or ""
    return f"#{_said(reason)}" if reason else ""


def _one_right(parts: list[_Part]) -> str:
    return "\n".join(f"{'=' if p['correct'] else '~'}{_said(p['text'])}{_why(p)}" for p in parts)


def _several_right(parts: list[_Part]) -> str:
    share = share_of(sum(bool(part["correct"]) for part in parts))
    return "\n".join(
        f"~%{'' if part['correct'] else '-'}{share}%{_said(part['text'])}{_why(part)}"
        for part in parts
    )


def _true_or_false(parts: list[_Part]) -> str:
    true, false = parts
    right, wrong = (true, false) if true["correct"] else (false, true)
    word = "TRUE" if true["correct"] else "FALSE"
    return f"{word}#{_said(wrong.get('reason') or '')}#{_said(right.get('reason') or '')}"


def _matching(parts: list[_Part]) -> str:
    if any("->" in part.get(side, "") for part in parts for side in ("text", "match")):
        raise NotTaken(_("A text holds “->”, which stands between the ends of a pair in GIFT."))
    lines = []
    for part in parts:
        left, match = (part["text"], part["match"]) if "match" in part else ("", part["text"])
        lines.append(f"={_said(left)} -> {_said(match)}{_why(part)}")
    return "\n".join(lines)


def _written(parts: list[_Part]) -> str:
    (part,) = parts
    first, *others = part["answers"].split("\n")
    if "*" in part["answers"]:
        raise NotTaken(_("An answer holds *, which means “anything” in GIFT."))
    return "\n".join([f"={_said(first)}{_why(part)}", *(f"={_said(other)}" for other in others)])


def _number(parts: list[_Part]) -> str:
    (part,) = parts
    return f"#={part['value']!r}:{part.get('tolerance') or 0.0!r}{_why(part)}"


_WRITERS: dict[str, Callable[[list[_Part]], str]] = {
    "choice": _one_right,
    "multiple": _several_right,
    "true-false": _true_or_false,
    "matching": _matching,
    "fill-in": _written,
    "numeric": _number,
}
