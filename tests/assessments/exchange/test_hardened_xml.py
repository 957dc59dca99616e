"""XML from strangers is read, or refused with the line and the reason."""

import pytest

from assessments.exchange.hardened_xml import DEEPEST, MOST_BYTES, Unreadable, parse

BILLION = (
    b"""<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;">]><a>&lol1;</a>"""
)
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""


def test_elements_know_their_names_and_lines() -> None:
    root = parse('<q:a xmlns:q="urn:q" x="1">\n  <b q:y="2">Ђ</b>\n</q:a>'.encode())
    assert (root.tag, root.attrib, root.line) == ("{urn:q}a", {"x": "1"}, 1)
    (inner,) = root
    assert (inner.tag, inner.attrib, inner.text) == ("b", {"{urn:q}y": "2"}, "Ђ")
    assert inner.line == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-2"])
def test_encodings_are_those_of_the_declaration(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?><a>č</a>'
    assert parse(text.encode(encoding)).text == "č"


@pytest.mark.parametrize("data", [BILLION, OUTSIDE, b'<!DOCTYPE a SYSTEM "http://x/a.dtd"><a/>'])
def test_what_could_expand_or_read_elsewhere_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="document type"):
        parse(data)


def test_a_declaration_that_names_the_root_alone_can_do_nothing() -> None:
    assert parse(b"<!DOCTYPE item><item>1</item>").text == "1"


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b"<a>\n<b>\n</a>", 3, "well-formed"),
        (b"", 1, "well-formed"),
        (b"<a>&nowhere;</a>", 1, "well-formed"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', 1, "encoding"),
        (b"<a>" * (DEEPEST + 1), 1, "deep"),
        (b" " * (MOST_BYTES + 1), 1, "10 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(data: bytes, line: int, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as refused:
        parse(data)
    assert refused.value.line == line
