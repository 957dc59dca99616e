"""A rendered page in Latin script: text and spoken attributes change, everything else stays.

Left alone: `translate="no"` (names, typed text), passages in another `lang`, code, scripts,
input values, ids and addresses. Tags and passages met lately are remembered, since most of a
page is the same for everybody.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from serbian.script import to_latin

_TAG = re.compile(r"<!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SPOKEN = re.compile(
    r"""(\s(?:alt|title|aria-label|aria-description|placeholder|content)=)("[^"]*"|'[^']*')"""
)
_OTHER_LANGUAGE = re.compile(r"""\slang=["']?(?!sr\b|sr-)[a-zA-Z]""")
_VERBATIM = {"script", "style", "textarea", "code", "pre", "kbd", "samp"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
_VOID |= {"track", "wbr"}


class _Tag(NamedTuple):
    """What matters about a tag or a comment: the same markup always means the same."""

    name: str  # empty for a comment
    opens: bool
    is_whole: bool  # has no end tag of its own
    is_left_alone: bool
    latin: str


def page_to_latin(html: str) -> str:
    """Return the HTML document or fragment `html` with its Serbian text in Latin script."""
    out: list[str] = []
    kept: str | None = None  # name of the element inside which nothing is converted
    depth = 0
    position = 0
    for found in _TAG.finditer(html):
        start = found.start()
        if start > position:
            text = html[position:start]
            out.append(text if kept else _text(text))
        position = found.end()
        markup = found[0]
        tag = _read(markup)
        if kept:
            if tag.name == kept and not tag.is_whole:
                depth += 1 if tag.opens else -1
                kept = kept if depth else None
            out.append(markup)
        else:
            if tag.is_left_alone and not tag.is_whole:
                kept, depth = tag.name, 1
            out.append(tag.latin)
    rest = html[position:]
    out.append(rest if kept else _text(rest))
    return "".join(out)


@lru_cache(maxsize=4096)
def _read(markup: str) -> _Tag:
    match = _NAME.match(markup)
    name = match[1].lower() if match else ""
    opens = not markup.startswith("</")
    left_alone = bool(name) and opens and _is_kept(name, markup)
    return _Tag(
        name=name,
        opens=opens,
        is_whole=name in _VOID or markup.endswith("/>"),
        is_left_alone=left_alone,
        latin=_attributes(markup) if name and not left_alone else markup,
    )


def _is_kept(name: str, markup: str) -> bool:
    if name == "html":
        return False
    return (
        name in _VERBATIM
        or 'translate="no"' in markup
        or (" lang=" in markup and _OTHER_LANGUAGE.search(markup) is not None)
    )


@lru_cache(maxsize=8192)
def _text(text: str) -> str:
    return to_latin(text) if _CYRILLIC.search(text) else text


def _attributes(markup: str) -> str:
    if not _CYRILLIC.search(markup):
        return markup
    return _SPOKEN.sub(lambda match: match[1] + to_latin(match[2]), markup)
