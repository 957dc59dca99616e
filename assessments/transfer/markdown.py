"""Markdown of a file to a tree and back, exactly.

What is written is parsed again before it is accepted: plain Markdown if that says the same, else
with `<b>` and `<i>` (where asterisks cannot stand), else with every sign escaped.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assessments.transfer.html_text import UnknownHtml, read_html
from assessments.transfer.rich_text import Item, Listing, Paragraph, Run, Tree, nested

PARSER = MarkdownIt("commonmark", {"html": True}).disable(["html_block", "reference"])
PARSER.validateLink = lambda url: True  # type: ignore[method-assign]  # refused below, in words
PARSER.normalizeLink = lambda url: url  # type: ignore[method-assign]  # addresses stay as written

SCHEMES = {"http", "https", "mailto", "tel", "page"}
TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "b", "em", "i", "a", "br"}
INLINE_HTML = re.compile(r"</?(b|i)>|<br ?/?>")
REFUSED = {
    "fence": "code is not possible here",
    "code_block": "code is not possible here; take the spaces at the start of the line away",
    "code_inline": "code is not possible here; escape the ` as \\`",
    "blockquote_open": "use a quotation block instead of a line that starts with >",
    "hr": "a line across the page is not possible here",
    "image": "use an image block instead of a picture in the text",
}


class BadMarkdown(ValueError):
    """The text uses what the format does not have. `line` counts from 0 in the text."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def read_markdown(text: str, *, headed: bool) -> Tree:
    """Return the tree of `text`. Raises BadMarkdown for what may not stand there."""
    tokens = PARSER.parse(text)
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        for part in (token, *(token.children or [])):
            _check(part, line, headed)
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None
    )
    try:
        return read_html(clean)
    except UnknownHtml as unknown:
        raise BadMarkdown(0, f"not possible here: {unknown}") from unknown


def _check(token: Token, line: int, headed: bool) -> None:
    if token.type in REFUSED:
        raise BadMarkdown(line, REFUSED[token.type])
    if token.type == "heading_open" and not (headed and token.tag in ("h2", "h3")):
        allowed = "only ## and ### are" if headed else "none is"
        raise BadMarkdown(line, f"this heading is not possible here: {allowed}")
    if token.type == "html_inline" and not INLINE_HTML.fullmatch(token.content):
        raise BadMarkdown(line, f"HTML is not possible here: {token.content}")
    if token.type == "link_open":
        _check_address(str(token.attrGet("href") or ""), line)


def _check_address(href: str, line: int) -> None:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", href)
    inside = href.startswith("#") or re.match(r"/(?!/)", href)
    if not inside and (not scheme or scheme[1].lower() not in SCHEMES):
        raise BadMarkdown(line, f"not an address that can be linked to: {href}")


def write_markdown(tree: Tree) -> str:
    """Return Markdown that reads back as exactly this tree."""
    made = ""
    for index, part in enumerate(tree):
        heading_before = index > 0 and getattr(tree[index - 1], "kind", "p") != "p"
        made += "" if not index else "\n" if heading_before else "\n\n"
        made += _exact(part)
    return made


def _exact(part: Paragraph | Listing) -> str:
    for style in (_Style(), _Style(tags=True), _Style(tags=True, all_escaped=True)):
        text = style.part(part)
        try:
            if read_markdown(text, headed=True) == (part,):
                return text
        except BadMarkdown:
            continue
    raise ValueError(f"cannot be written as Markdown: {part}")


class _Style:
    """A way to write: asterisks or tags, few or all signs escaped."""

    def __init__(self, *, tags: bool = False, all_escaped: bool = False) -> None:
        self.marks = ("<b>", "</b>", "<i>", "</i>") if tags else ("**", "**", "*", "*")
        self.escape: Callable[[str], str] = _all_escaped if all_escaped else _escaped

    def part(self, part: Paragraph | Listing) -> str:
        if isinstance(part, Listing):
            return "\n".join(self._lines(part))
        if part.kind == "p":
            return self._paragraph(part.runs)
        text = self._runs(part.runs).replace("\\\n", "<br>")
        return f"{'#' * int(part.kind[1])} {re.sub(r'(#+)$', _backslash, text)}"

    def _paragraph(self, runs: tuple[Run, ...]) -> str:
        return "\n".join(map(_line_start, self._runs(runs).split("\n")))

    def _lines(self, listing: Listing) -> Iterator[str]:
        for number, item in enumerate(listing.items, start=1):
            mark = f"{number}. " if listing.ordered else "- "
            yield from self._item(item, mark)

    def _item(self, item: Item, mark: str) -> Iterator[str]:
        first, *rest = self._paragraph(item.runs).split("\n")
        yield (mark + first).rstrip(" ")
        below = [line for listing in item.lists for line in self._lines(listing)]
        yield from (" " * len(mark) + line for line in [*rest, *below])

    def _runs(self, runs: tuple[Run, ...]) -> str:
        open_bold, close_bold, open_italic, close_italic = self.marks
        return nested(
            runs,
            text=lambda text: self.escape(text).replace("\n", "\\\n"),
            bold=lambda inner: f"{open_bold}{inner}{close_bold}",
            italic=lambda inner: f"{open_italic}{inner}{close_italic}",
            link=lambda inner, href: f"[{inner}]({_destination(href)})",
        )


def _escaped(text: str) -> str:
    text = re.sub(r"[\\`*\[\]]", _backslash, text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", _backslash, text)
    text = re.sub(r"<(?=[A-Za-z/!?])|&(?=#|\w+;)|!$", _backslash, text)
    return _visible(text)


def _all_escaped(text: str) -> str:
    return _visible(re.sub(r"[!-/:-@\[-`{-~]", _backslash, text))


def _visible(text: str) -> str:
    """Return the text with every space that cannot be seen or would be trimmed as an entity."""
    text = text.replace("\xa0", "&nbsp;")
    return "".join(
        f"&#x{ord(char):x};"
        if unicodedata.category(char)[0] in "ZC" and char not in " \n"
        else char
        for char in text
    )


def _line_start(line: str) -> str:
    """Return a line of a paragraph that nobody takes for a heading, list, rule or quotation."""
    line = re.sub(r"^(#{1,6}(?= |$)|>|[-+](?= |$)|[=-]+ *$|~~~)", _backslash, line)
    return re.sub(r"^(\d{1,9})(?=[.)]( |$))", r"\1\\", line)


def _backslash(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _destination(href: str) -> str:
    plain = re.sub(r"\\|&(?=#|\w+;)", _backslash, href)
    if href and not re.search(r"[\s()<>]", href):
        return plain
    return "<" + re.sub(r"[<>]", _backslash, plain) + ">"
