"""Read and write bodies of type `multipart/mixed`, to the byte (RFC 2046, section 5.1).

Attachments are bytes: nothing is decoded, and no line end inside a part is touched.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from lrs.refusals import Refusal

MIXED = "multipart/mixed"
MOST_PARTS = 1_000
LONGEST_HEADERS = 16 * 1024
_END, _BLANK = b"\r\n", b"\r\n\r\n"
_TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"  # noqa: S105 - the word of the RFC for a name
# Quotes may be left out, as most clients do: up to the next semicolon nothing is ambiguous.
_PARAMETER = re.compile(rf'\s*;\s*(?:({_TOKEN})=(?:"([^"\\]*)"|([^\s;"]+)))?\s*')
_BOUNDARY = re.compile(r"[A-Za-z0-9'()+_,./:=? -]{0,69}[A-Za-z0-9'()+_,./:=?-]")
# What may follow a delimiter on its line, and what may follow the last one.
_LINE, _CLOSE = re.compile(rb"[ \t]*\r\n"), re.compile(rb"--[ \t]*(?:\r\n|\Z)")
_NAME = re.compile(_TOKEN)
_FOLD = re.compile(rb"\r\n(?=[ \t])")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SPELLING = {"x-experience-api-hash": "X-Experience-API-Hash"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers, the names in small letters, and its bytes."""

    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def media_type(self) -> str:
        """What the part says it is, without parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def parts_of(content_type: str, body: bytes) -> list[Part]:
    """Take a body apart; there is at least one part. What stands around the parts is ignored.

    Lines must end in CR LF, as RFC 2046 says. With a bare LF nobody could tell whether a CR in
    front of a delimiter belongs to the attachment, whose hash then would agree or not by chance.
    Raises Refusal where the content type or the body is not well-formed, or too much.
    """
    delimiter = b"\r\n--" + boundary_in(content_type).encode()
    found: list[Part] = []
    start, closed = _first(delimiter, body)
    while not closed:
        if len(found) == MOST_PARTS:
            raise Refusal(f"a request may have {MOST_PARTS} parts at most")
        end = body.find(delimiter, start)
        if end < 0:
            raise Refusal("the multipart body has no closing delimiter; it ends too early")
        found.append(_part(body[start:end]))
        start, closed = _after(delimiter, body, end + len(delimiter))
    if not found:
        raise Refusal("the multipart body has no part at all")
    return found


def boundary_in(content_type: str) -> str:
    """Return the boundary that a content type names. Raises Refusal where it names none."""
    media_type, semicolon, rest = content_type.partition(";")
    if media_type.strip().lower() != MIXED:
        raise Refusal(f"the content type is not {MIXED}")
    boundaries = [value for name, value in _parameters(semicolon + rest) if name == "boundary"]
    if len(boundaries) != 1:
        raise Refusal(f"the content type {MIXED} wants one parameter 'boundary'")
    if not _BOUNDARY.fullmatch(boundaries[0]):
        raise Refusal(
            "the boundary must have 1 to 70 characters: letters, digits and '()+_,-./:=? or, not "
            "at the end, a space"
        )
    return boundaries[0]


def write(parts: Iterable[Part]) -> tuple[str, bytes]:
    """Return the content type and the body that carry these parts.

    Raises ValueError for no parts, or for a header that would break its line.
    """
    pieces = [_head(part.headers) + _BLANK + part.content for part in parts]
    if not pieces:
        raise ValueError("a multipart body wants one part at least")
    boundary = uuid4().hex
    while any(boundary.encode() in piece for piece in pieces):
        boundary = uuid4().hex
    line = f"--{boundary}".encode()
    body = b"".join(line + piece + _END for piece in pieces) + line + b"--" + _END
    return f"{MIXED}; boundary={boundary}", body


def _parameters(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while place < len(text):
        match = _PARAMETER.match(text, place)
        if match is None:
            raise Refusal("the parameters of the content type are not well-formed")
        if match[1]:
            found.append((match[1].lower(), match[3] if match[2] is None else match[2]))
        place = match.end()
    return found


def _first(delimiter: bytes, body: bytes) -> tuple[int, bool]:
    """Return where the first part starts, and whether there is none."""
    at_once = delimiter.removeprefix(_END)
    if body.startswith(at_once):
        return _after(delimiter, body, len(at_once))
    place = body.find(delimiter)
    if place >= 0:
        return _after(delimiter, body, place + len(delimiter))
    raise Refusal(
        "the multipart body is empty"
        if not body
        else "the boundary is nowhere in the body, at the start of a line that follows CR LF"
    )


def _after(delimiter: bytes, body: bytes, place: int) -> tuple[int, bool]:
    """Return where the text after a delimiter starts, and whether it was the last one.

    Anything else on that line means that the boundary was badly chosen: one reader would see a
    delimiter there, another one a piece of an attachment.
    """
    closing = _CLOSE.match(body, place)
    line = closing or _LINE.match(body, place)
    if line is None:
        raise Refusal("a line with the boundary must have nothing after it, and end in CR LF")
    return line.end(), closing is not None


def _part(text: bytes) -> Part:
    if text.startswith(_END):
        return Part({}, text[len(_END) :])
    end = text.find(_BLANK, 0, LONGEST_HEADERS + len(_BLANK))
    if end < 0 and len(text) > LONGEST_HEADERS:
        raise Refusal(f"the headers of a part may have {LONGEST_HEADERS} bytes at most")
    if end < 0:
        raise Refusal("a part has no blank line between its headers and its content")
    return Part(_headers(text[:end]), text[end + len(_BLANK) :])


def _headers(head: bytes) -> dict[str, str]:
    """Read header lines; a line that starts with a space goes on with the one before."""
    try:
        lines = _FOLD.sub(b"", head).decode().split("\r\n")
    except UnicodeDecodeError as error:
        raise Refusal("a header of a part is not UTF-8") from error
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _NAME.fullmatch(name) or _CONTROL.search(value):
            raise Refusal(f"a header of a part is not well-formed: {line[:80]!r}")
        if name.lower() in headers:
            raise Refusal(f"a part has the header {name} twice")
        headers[name.lower()] = value.strip(" \t")
    return headers


def _head(headers: Mapping[str, str]) -> bytes:
    for name, value in headers.items():
        if not _NAME.fullmatch(name) or _CONTROL.search(value):
            raise ValueError(f"not a header: {name!r}: {value!r}")
    lines = (
        f"\r\n{_SPELLING.get(name.lower(), name.title())}: {value}"
        for name, value in headers.items()
    )
    return "".join(lines).encode()
