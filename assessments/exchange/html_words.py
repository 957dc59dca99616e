"""What a reader sees of HTML, as words. A parser written for hostile input takes it apart first."""

import re
from html.parser import HTMLParser

import nh3
from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.raised import raised_or_lowered

LONGEST = 50_000
_LINES = {"div", "li", "tr", "dt", "dd", "hr", "caption", "figcaption"}
_PARAGRAPHS = {"p", "ul", "ol", "dl", "table", "pre", "blockquote", "figure", "section", "article"}
_PARAGRAPHS |= {"h1", "h2", "h3", "h4", "h5", "h6"}
_CELLS = {"td", "th"}
_SHIFTED = {"sup", "sub"}
_STRUCK = {"s", "strike", "del"}
_MEDIA = {"audio", "video", "object", "embed", "iframe", "svg", "canvas", "math"}
_KNOWN = _LINES | _PARAGRAPHS | _CELLS | _SHIFTED | _STRUCK | _MEDIA
_KNOWN |= {"br", "img", "a", "thead", "tbody", "tfoot"}
_ATTRIBUTES = {"img": {"alt", "role"}, "a": {"href"}}
_FILE = "@@PLUGINFILE@@"
# A sign that begins no tag is a sign: HTML would take the rest of the text for the tag.
_LONE = re.compile(r"<(?![/a-zA-Z!?][^<>]*>)")
# A paragraph, a line of its own (a row, a point of a list), a break of a line.
_PARAGRAPH, _LINE, _BREAK = "\f", "\v", "\x1c"
_MARKS = f"{_PARAGRAPH}{_LINE}{_BREAK}"
_BREAKS = re.compile(f"[ {_MARKS}]*[{_MARKS}][ {_MARKS}]*")
_NO_MARKS = str.maketrans(dict.fromkeys(_MARKS, " "))


def words_in(text: str) -> str:
    """Return the words of HTML: a line for each line, an empty one between paragraphs.

    A picture is its text alternative in brackets; one that is said to be decoration is nothing.
    Raises NotTaken for what words cannot say, and for a text without end.
    """
    if len(text) > LONGEST:
        words = _("A text is longer than %(most)d characters.")
        raise NotTaken(words % {"most": LONGEST})
    reader = _Reader()
    reader.feed(
        nh3.clean(
            _LONE.sub("&lt;", text.translate(_NO_MARKS)),
            tags=_KNOWN,
            attributes=_ATTRIBUTES,
            clean_content_tags={"script", "style", "title"},
            link_rel=None,
        )
    )
    reader.close()
    return _BREAKS.sub(_break, "".join(reader.said))


def _break(found: re.Match[str]) -> str:
    return "\n\n" if _PARAGRAPH in found[0] else "\n" * max(1, found[0].count(_BREAK))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._in_pre = 0
        self._numbers: list[int] = []
        self._shifted: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in _MEDIA or (said.get("href") or "").startswith(_FILE):
            raise NotTaken(_("A file belongs to the question (sound, film or another)."))
        if tag in _STRUCK:
            raise NotTaken(_("Words are struck out, which a plain text cannot hold."))
        if tag in _SHIFTED:
            self._shifted = (tag, len(self.said))
        if tag == "img":
            self._picture(said)
        self._in_pre += tag == "pre"
        self._mark(tag)
        self._number(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SHIFTED and self._shifted:
            self._shift(*self._shifted)
        self._in_pre -= tag == "pre"
        if tag in ("ul", "ol") and self._numbers:
            self._numbers.pop()
        if tag in _CELLS:
            self.said.append(" ")
        else:
            self._mark(tag)

    def handle_data(self, data: str) -> None:
        if self._in_pre:
            self.said.append(data.translate(_NO_MARKS).replace("\n", _BREAK))
        else:
            self.said.append(re.sub(r"\s+", " ", data))

    def _mark(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.said.append(_PARAGRAPH)
        elif tag in _LINES:
            self.said.append(_LINE)
        elif tag == "br":
            self.said.append(_BREAK)

    def _number(self, tag: str) -> None:
        """Write the numbers of a list: a question may speak of its second point."""
        if tag in ("ul", "ol"):
            self._numbers.append(0 if tag == "ol" else -1)
        elif tag == "li" and self._numbers and self._numbers[-1] >= 0:
            self._numbers[-1] += 1
            self.said.append(f"{self._numbers[-1]}. ")

    def _picture(self, said: dict[str, str | None]) -> None:
        words = (said.get("alt") or "").strip()
        if not words and said.get("role") != "presentation":
            raise NotTaken(_("A picture has no text alternative, and pictures are not taken."))
        if words:
            self.said.append(f"[{words}]")

    def _shift(self, tag: str, start: int) -> None:
        text = "".join(self.said[start:])
        shifted = raised_or_lowered(text, tag=tag)
        if shifted is None:
            words = _("“%(text)s” is raised or lowered, which a plain text cannot hold.")
            raise NotTaken(words % {"text": text.strip()[:40]})
        self.said[start:] = [shifted]
        self._shifted = None
