"""Plain text from the HTML of strangers: words and line breaks, and nothing that could run."""

import html
import re
from html.parser import HTMLParser

_BREAKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"}
_SILENT = {"script", "style", "head", "title", "template", "iframe", "object", "noscript", "svg"}
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);")
_SPACES = re.compile(r"[^\S\n]+")


def from_html(text: str) -> str:
    """Return what a reader would see of HTML, a line for each block; tags are gone."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return tidy("".join(reader.said))


def from_either(text: str) -> str:
    """Return the words of a text that may be HTML and may be none."""
    return from_html(text) if _TAG.search(text) else tidy(text)


def to_html(text: str) -> str:
    """Return a text as HTML that shows it as it is."""
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n"))


def tidy(text: str) -> str:
    """Return a text without spaces that nobody sees, and at most one empty line in a row."""
    lines = [_SPACES.sub(" ", line).strip() for line in text.replace("\r", "").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self._break()
        elif tag == "img" and (alt := dict(attrs).get("alt")):
            self.said.append(f"[{alt}]")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS and tag != "br":
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(re.sub(r"\s+", " ", data))

    def _break(self) -> None:
        if self.said and not self.said[-1].endswith("\n"):
            self.said.append("\n")
