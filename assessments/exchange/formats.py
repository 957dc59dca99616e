"""The formats, by name and by what a file looks like."""

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.exchange import gift, gift_writing, moodle_xml, qti
from assessments.exchange.hardened_xml import MOST_BYTES, Unreadable
from assessments.exchange.item import Item, Reading, Refusal


@dataclass(frozen=True)
class Format:
    """A format in which questions leave: `ending` is that of its files."""

    name: str
    label: str
    ending: str
    content_type: str
    write: Callable[[Sequence[Item]], tuple[bytes, tuple[Refusal, ...]]]


def _gift(items: Sequence[Item]) -> tuple[bytes, tuple[Refusal, ...]]:
    text, refused = gift_writing.write(items)
    return text.encode(), refused


FORMATS = {
    one.name: one
    for one in (
        Format("gift", "GIFT", "gift.txt", "text/plain; charset=utf-8", _gift),
        Format("moodle-xml", "Moodle XML", "xml", "application/xml", moodle_xml.write),
        Format("qti", "QTI 3.0", "zip", "application/zip", qti.write),
    )
}


def read_file(name: str, data: bytes) -> tuple[str, Reading]:
    """Return the format of a file and what is in it. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 10 MB."))
    if data.startswith(b"PK"):
        return "QTI", qti.read(name, data)
    if _is_xml(data):
        if b"<quiz" in _start(data):
            return "Moodle XML", moodle_xml.read(data)
        return "QTI", qti.read(name, data)
    reading = gift.read(_text(data))
    if not reading.items and not reading.refused:
        raise Unreadable(_("The file holds no question."))
    return "GIFT", reading


def _is_xml(data: bytes) -> bool:
    return _start(data).lstrip().startswith(b"<")


def _start(data: bytes) -> bytes:
    """Return how a file begins, as far as its kind is concerned, in an encoding of single bytes."""
    start = data[:4096]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start[2:].replace(b"\0", b"")
    return start.removeprefix(codecs.BOM_UTF8)


def _text(data: bytes) -> str:
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        words: Any = _("The file is neither UTF-8 nor UTF-16: save it as UTF-8 and send it again.")
        raise Unreadable(words, line) from error
