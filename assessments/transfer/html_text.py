"""Read the HTML of the site's rich text into a tree."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from assessments.transfer.rich_text import (
    Item,
    Listing,
    Paragraph,
    Run,
    Tree,
    joined,
    listed,
    lists_of,
    tidy,
)

Attributes = dict[str, str | None]
BOLD, ITALIC = {"b", "strong"}, {"i", "em"}
PARAGRAPHS = {"p", "h2", "h3"}
LISTS = {"ul": False, "ol": True}
KNOWN = {*PARAGRAPHS, *LISTS, *BOLD, *ITALIC, "li", "a", "br"}


class UnknownHtml(ValueError):
    """The text holds a tag that the format cannot carry, or one in a place where it cannot."""


@dataclass
class _Open:
    """A paragraph, or a line of a list, that is still being read."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    lists: list["_OpenList"] = field(default_factory=list)


@dataclass
class _OpenList:
    ordered: bool
    items: list[_Open] = field(default_factory=list)


def href_of(attributes: Attributes) -> str:
    """Return the address of a link that leads out of the site."""
    if "linktype" in attributes:
        raise UnknownHtml(f"a link of the kind {attributes['linktype']}")
    return attributes.get("href") or ""


def read_html(html: str, *, link: Callable[[Attributes], str] = href_of) -> Tree:
    """Return the tree of `html`; `link` says the address of a link from its attributes.

    Raises UnknownHtml for what the format cannot carry.
    """
    reader = _Reader(link)
    reader.feed(html)
    reader.close()
    return _frozen(reader.parts)


def _frozen(parts: list["_Open | _OpenList"]) -> Tree:
    return joined(
        Paragraph(part.kind, tidy(part.runs)) if isinstance(part, _Open) else _listing(part)
        for part in parts
    )


def _listing(listing: _OpenList) -> Listing:
    return listed(
        listing.ordered,
        (
            Item(tidy(item.runs), lists_of(_listing(below) for below in item.lists))
            for item in listing.items
        ),
    )


def _is_blank(runs: list[Run]) -> bool:
    return not any(run.text.strip(" \t\r\f\n") for run in runs)


class _Reader(HTMLParser):
    def __init__(self, link: Callable[[Attributes], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.link = link
        self.parts: list[_Open | _OpenList] = []
        self.lists: list[_OpenList] = []
        self.now: _Open | None = None
        self.bold = self.italic = 0
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in KNOWN:
            raise UnknownHtml(f"<{tag}>")
        self.bold += tag in BOLD
        self.italic += tag in ITALIC
        if tag in PARAGRAPHS:
            self._paragraph(tag)
        elif tag in LISTS:
            self._list(ordered=LISTS[tag])
        elif tag == "li":
            self._item()
        elif tag == "a":
            self.hrefs.append(self.link(dict(attrs)))
        elif tag == "br":
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        self.bold = max(0, self.bold - (tag in BOLD))
        self.italic = max(0, self.italic - (tag in ITALIC))
        if tag in PARAGRAPHS and not self.lists:
            self.now = None
        elif tag in LISTS and self.lists:
            self.lists.pop()
            self.now = self.lists[-1].items[-1] if self.lists else None
        elif tag == "a" and self.hrefs:
            self.hrefs.pop()

    def handle_data(self, data: str) -> None:
        self._add(data.replace("\n", " "))

    def _paragraph(self, kind: str) -> None:
        if not self.lists:
            self.now = _Open(kind)
            self.parts.append(self.now)
        elif kind != "p" or (self.now and not _is_blank(self.now.runs)):
            raise UnknownHtml("a heading or a second paragraph inside a list")

    def _list(self, *, ordered: bool) -> None:
        listing = _OpenList(ordered)
        if self.lists:
            self._line().lists.append(listing)
        else:
            self.parts.append(listing)
        self.lists.append(listing)
        self.now = None

    def _item(self) -> None:
        if not self.lists:
            raise UnknownHtml("<li> outside a list")
        self.now = _Open("li")
        self.lists[-1].items.append(self.now)

    def _line(self) -> _Open:
        items = self.lists[-1].items
        if not items:
            items.append(_Open("li"))
        return items[-1]

    def _add(self, text: str) -> None:
        if self.now is None and _is_blank([Run(text)]):
            return
        if self.now is None and not self.lists:
            self._paragraph("p")
        now = self.now or self._line()
        href = self.hrefs[-1] if self.hrefs else ""
        now.runs.append(Run(text, self.bold > 0, self.italic > 0, href))
