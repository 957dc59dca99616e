"""Plain text from the HTML of strangers: words and line breaks, and nothing that could run.

What words alone cannot say (a picture, a power, a word that is struck out) is a reason to refuse,
never left out in silence.
"""

import html
import re
from collections import Counter

from markdown_it import MarkdownIt

from assessments.exchange.html_words import words_in

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>")
_ENTITY = re.compile(r"&(#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]\w*);")
_VOID = {"br", "hr", "img"}
_USUAL = {"p", "div", "span", "b", "strong", "i", "em", "u", "a", "ul", "ol", "li", "sub", "sup"}
_USUAL |= {"h1", "h2", "h3", "h4", "h5", "h6", "table", "tbody", "thead", "tr", "td", "th", "pre"}
_USUAL |= {"font", "small", "code", "blockquote", "audio", "video", "script", "style", *_VOID}
_SPACES = re.compile(r"[^\S\n]+")
_MARKDOWN = MarkdownIt("commonmark", {"breaks": True})


def from_html(text: str) -> str:
    """Return what a reader would see of HTML; an empty line parts paragraphs. Raises NotTaken."""
    return tidy(words_in(text))


def from_either(text: str) -> str:
    """Return the words of a text that may be HTML and may be none. Raises NotTaken.

    It is HTML if all its tags are usual ones and closed; else it speaks of tags.
    """
    tags = _TAG.findall(text)
    if tags and _are_pairs(tags):
        return from_html(text.replace("\n", "<br>"))
    return tidy(html.unescape(text) if not tags and _ENTITY.search(text) else text)


def from_markdown(text: str) -> str:
    """Return the words of Markdown without its marks. Raises NotTaken."""
    return from_html(_MARKDOWN.render(text))


def to_html(text: str) -> str:
    """Return a text as HTML that shows it as it is."""
    lines = html.escape(text, quote=False).replace("\n\n", "</p><p>").replace("\n", "<br>")
    return f"<p>{lines}</p>"


def tidy(text: str) -> str:
    """Return a text without spaces that nobody sees, and at most one empty line in a row."""
    lines = [_SPACES.sub(" ", line).strip() for line in text.replace("\r", "").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def _are_pairs(tags: list[tuple[str, str]]) -> bool:
    """Say whether tags are usual ones, and as many closed as opened."""
    open_or_not = Counter[str]()
    for closing, name in tags:
        open_or_not[name.lower()] += -1 if closing else 1
    return open_or_not.keys() <= _USUAL and not any(
        count for name, count in open_or_not.items() if name not in _VOID
    )
