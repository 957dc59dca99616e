"""Rich text as a tree: the one form that HTML of the site and Markdown of a file share.

Only what an author may use exists: paragraphs, headings 2 and 3, lists, bold, italic, links and
line breaks. Two texts that look the same to a reader have the same tree.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SPACES = re.compile(r"[ \t\r\f]+")


@dataclass(frozen=True)
class Run:
    """Text in one style. A line break inside a paragraph is a newline character."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or heading; `kind` is its HTML tag."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Item:
    """A line of a list, with the lists below it."""

    runs: tuple[Run, ...]
    lists: tuple["Listing", ...] = ()


@dataclass(frozen=True)
class Listing:
    """A list, numbered or not."""

    ordered: bool
    items: tuple[Item, ...]


Tree = tuple[Paragraph | Listing, ...]
_Char = tuple[str, bool, bool, str]


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs in their one form: single spaces, none at the edges, no style on the outside.

    A space or line break has a style only if the words on both its sides have it.
    """
    chars = _collapsed(
        (char, run.bold, run.italic, run.href)
        for run in runs
        for char in SPACES.sub(" ", CONTROL.sub("", run.text))
    )
    styled = [_between(chars, i) if char[0] in " \n" else char for i, char in enumerate(chars)]
    return tuple(
        Run("".join(char[0] for char in group), *style)
        for style, group in groupby(styled, key=lambda char: char[1:])
    )


def _collapsed(chars: Iterable[_Char]) -> list[_Char]:
    kept: list[_Char] = []
    for char in chars:
        before = kept[-1][0] if kept else "\n"
        if char[0] == " " and before in " \n":
            continue
        if char[0] == "\n":
            while kept and kept[-1][0] == " ":
                kept.pop()
            if not kept:
                continue
        kept.append(char)
    while kept and kept[-1][0] in " \n":
        kept.pop()
    return kept


def _between(chars: list[_Char], index: int) -> _Char:
    left = next(char for char in reversed(chars[:index]) if char[0] not in " \n")
    right = next(char for char in chars[index + 1 :] if char[0] not in " \n")
    href = left[3] if left[3] == right[3] else ""
    return chars[index][0], left[1] and right[1], left[2] and right[2], href


def joined(parts: Iterable[Paragraph | Listing]) -> Tree:
    """Return the tree of `parts` without what is empty; neighbouring lists of a kind are one."""
    kept: list[Paragraph | Listing] = []
    for part in parts:
        last = kept[-1] if kept else None
        if isinstance(part, Paragraph):
            kept += [part] if part.runs else []
        elif isinstance(last, Listing) and last.ordered == part.ordered:
            kept[-1] = replace(last, items=last.items + part.items)
        elif part.items:
            kept.append(part)
    return tuple(kept)


def lists_of(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return the lists below a line: none empty, neighbours of a kind one."""
    return tuple(part for part in joined(listings) if isinstance(part, Listing))


def listed(ordered: bool, items: Iterable[Item]) -> Listing:
    """Return a list of `items`; the lines below one without words of its own move up to it."""
    kept: list[Item] = []
    for item in items:
        lifted = (below for listing in item.lists for below in listing.items)
        kept += [item] if item.runs else lifted
    return Listing(ordered, tuple(kept))


def with_links(tree: Tree, change: Callable[[str], str]) -> Tree:
    """Return the tree with every link's address changed."""

    def runs(old: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(replace(run, href=change(run.href)) if run.href else run for run in old)

    def listing(old: Listing) -> Listing:
        items = (Item(runs(i.runs), tuple(listing(sub) for sub in i.lists)) for i in old.items)
        return replace(old, items=tuple(items))

    return tuple(
        replace(part, runs=runs(part.runs)) if isinstance(part, Paragraph) else listing(part)
        for part in tree
    )


def to_html(tree: Tree) -> str:
    """Return the HTML as Wagtail's editor stores it, without anything an author may not use."""
    return "".join(
        f"<{part.kind}>{_inline(part.runs)}</{part.kind}>"
        if isinstance(part, Paragraph)
        else _list(part)
        for part in tree
    )


def _list(listing: Listing) -> str:
    tag = "ol" if listing.ordered else "ul"
    items = (
        f"<li>{_inline(item.runs)}{''.join(map(_list, item.lists))}</li>" for item in listing.items
    )
    return f"<{tag}>{''.join(items)}</{tag}>"


def _inline(runs: tuple[Run, ...]) -> str:
    return nested(
        runs,
        text=lambda text: escape(text, quote=False).replace("\n", "<br/>"),
        bold=lambda inner: f"<b>{inner}</b>",
        italic=lambda inner: f"<i>{inner}</i>",
        link=lambda inner, href: f'<a href="{escape(href)}">{inner}</a>',
    )


def nested(
    runs: Iterable[Run],
    *,
    text: Callable[[str], str],
    bold: Callable[[str], str],
    italic: Callable[[str], str],
    link: Callable[[str, str], str],
) -> str:
    """Write runs with links outside, bold inside them, italic inside that."""

    def strong(group: Iterable[Run]) -> str:
        made = ""
        for is_bold, same in groupby(group, key=lambda run: run.bold):
            inner = "".join(italic(text(r.text)) if r.italic else text(r.text) for r in same)
            made += bold(inner) if is_bold else inner
        return made

    made = ""
    for href, group in groupby(runs, key=lambda run: run.href):
        inner = strong(group)
        made += link(inner, href) if href else inner
    return made
