"""Bodies of several parts: taken apart to the byte, and refused where they are ambiguous."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.http.multipart import LONGEST_HEADERS, MOST_PARTS, Part, parts_of, write
from lrs.refusals import Refusal

MIXED = "multipart/mixed; boundary=here"
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
VALUES = st.from_regex(r"([!-~]([ -~]{0,40}[!-~])?)?", fullmatch=True)
PARTS = st.builds(Part, st.dictionaries(NAMES, VALUES, max_size=4), st.binary(max_size=200))


def body(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def refusal(content_type: str, content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        parts_of(content_type, content)
    assert refused.value.status == 400
    return refused.value.reason


def test_a_body_is_taken_apart_into_its_parts() -> None:
    content = body(
        "--here",
        "Content-Type: application/json; charset=utf-8",
        "",
        "{}",
        "--here",
        "content-transfer-encoding:binary",
        "X-Experience-API-Hash:  abc ",
        "",
        "one\r\n\r\ntwo\r\n",
        "--here--",
        "",
    )
    first, second = parts_of(MIXED, content)
    assert (first.media_type, first.content) == ("application/json", b"{}")
    assert second.headers == {"content-transfer-encoding": "binary", "x-experience-api-hash": "abc"}
    assert second.content == b"one\r\n\r\ntwo\r\n"


@given(st.lists(PARTS, min_size=1, max_size=5))
def test_any_bytes_survive_the_way(parts: list[Part]) -> None:
    assert parts_of(*write(parts)) == parts


@given(st.text(max_size=60), st.binary(max_size=200))
def test_garbage_is_refused(parameters: str, content: bytes) -> None:
    with pytest.raises(Refusal):
        parts_of(f"multipart/mixed; {parameters}", content)


PIECES = (b"\r\n", b"\n", b"--here", b"--", b"A: b", b" ", b":", b"\x00", b"\xff", b"x" * 30)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
def test_what_looks_nearly_right_is_read_or_refused(content: bytes) -> None:
    try:
        parts = parts_of(MIXED, content)
    except Refusal:
        return
    assert parts
    assert all(b"\r\n--here" not in part.content for part in parts)


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/mixed; boundary=here",
        'Multipart/Mixed;charset=utf-8; BOUNDARY="here" ;',
        "multipart/mixed ;boundary=here; start=first",
    ],
)
def test_the_boundary_may_be_written_in_several_ways(content_type: str) -> None:
    assert parts_of(content_type, body("--here", "", "x", "--here--"))[0].content == b"x"


def test_a_boundary_may_use_all_characters_of_the_standard() -> None:
    boundary = "abcABC0123'()+_,-./:=?"
    content = body(f"--{boundary}", "", "x", f"--{boundary}--")
    for written in (boundary, f'"{boundary}"'):
        assert parts_of(f"multipart/mixed; boundary={written}", content)[0].content == b"x"
    spaced = body("--two words", "", "x", "--two words--")
    assert parts_of('multipart/mixed; boundary="two words"', spaced)[0].content == b"x"


def test_a_boundary_has_70_characters_at_most() -> None:
    content = body(f"--{'b' * 70}", "", "x", f"--{'b' * 70}--")
    assert parts_of(f"multipart/mixed; boundary={'b' * 70}", content)
    assert "70" in refusal(f"multipart/mixed; boundary={'b' * 71}", content)


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ("", "wants one parameter 'boundary'"),
        (";", "wants one parameter 'boundary'"),
        ("; boundary=here; boundary=here", "wants one parameter 'boundary'"),
        ('; boundary=""', "1 to 70 characters"),
        ("; boundary=he{re", "1 to 70 characters"),
        ('; boundary="here "', "1 to 70 characters"),
        ("; boundary=", "not well-formed"),
        ('; boundary="here', "not well-formed"),
        ('; boundary=here"', "not well-formed"),
        ("; boundary", "not well-formed"),
        ("; boundary=two words", "not well-formed"),
    ],
)
def test_a_boundary_that_is_missing_or_wrong_is_refused(parameters: str, reason: str) -> None:
    content = body("--here", "", "x", "--here--")
    assert reason in refusal(f"multipart/mixed{parameters}", content)


def test_another_kind_of_multipart_is_refused() -> None:
    content = body("--here", "", "x", "--here--")
    assert "is not multipart/mixed" in refusal("multipart/form-data; boundary=here", content)


def test_what_stands_around_the_parts_is_ignored() -> None:
    content = body("Hello, --here", "--here  ", "", "x", "--here-- ", "--here", "bye")
    assert [part.content for part in parts_of(MIXED, content)] == [b"x"]
    assert [part.content for part in parts_of(MIXED, b"\r\n" + content)] == [b"x"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"{}", "nowhere"),
        (body("--here--", ""), "no part at all"),
        (body("--here", "", "x"), "no closing delimiter"),
        (body("--here", "", "x", "--here", ""), "no closing delimiter"),
        (body("--here", "A: b", "--here--"), "no blank line"),
        (body("--here", "x", "--here--"), "no blank line"),
        (body("--here", "A b", "", "x", "--here--"), "not well-formed"),
        (body("--here", "A : b", "", "x", "--here--"), "not well-formed"),
        (body("--here", ": b", "", "x", "--here--"), "not well-formed"),
        (body("--here", "A: \x00", "", "x", "--here--"), "not well-formed"),
        (body("--here", " A: b", "", "x", "--here--"), "not well-formed"),
        (body("--here", "A: b", "a: c", "", "x", "--here--"), "twice"),
        (b"--here\r\nA: \xff\r\n\r\nx\r\n--here--", "not UTF-8"),
        (body("--here", "", "x", "--hereafter", "--here--"), "nothing after it"),
        (body("--here", "", "x", "--here--after"), "nothing after it"),
    ],
)
def test_what_is_not_well_formed_is_refused(content: bytes, reason: str) -> None:
    assert reason in refusal(MIXED, content)


def test_lines_must_end_in_cr_lf() -> None:
    content = body("--here", "A: b", "", "x", "--here--")
    assert "CR LF" in refusal(MIXED, content.replace(b"\r\n", b"\n"))
    assert "CR LF" in refusal(MIXED, b"preamble\n" + content.replace(b"\r\n", b"\n"))


def test_a_header_may_go_on_in_the_next_line() -> None:
    content = body("--here", "X-Experience-API-Hash:", " abc", "", "x", "--here--")
    assert parts_of(MIXED, content)[0].headers == {"x-experience-api-hash": "abc"}


def test_headers_and_parts_are_limited() -> None:
    value = "v" * (LONGEST_HEADERS - len("A: "))
    assert parts_of(MIXED, body("--here", f"A: {value}", "", "x", "--here--"))
    assert "bytes at most" in refusal(MIXED, body("--here", f"A: {value}v", "", "x", "--here--"))
    part = ("--here", "", "x")
    assert len(parts_of(MIXED, body(*part * MOST_PARTS, "--here--"))) == MOST_PARTS
    assert "parts at most" in refusal(MIXED, body(*part * (MOST_PARTS + 1), "--here--"))


def test_headers_go_out_in_their_usual_spelling() -> None:
    content_type, content = write([Part({"x-experience-api-hash": "abc", "content-type": "a/b"})])
    boundary = content_type.removeprefix("multipart/mixed; boundary=")
    assert content == body(
        f"--{boundary}",
        "X-Experience-API-Hash: abc",
        "Content-Type: a/b",
        "",
        "",
        f"--{boundary}--",
        "",
    )


@pytest.mark.parametrize("headers", [{"a": "b\r\nc: d"}, {"a:b": "c"}, {"": "c"}])
def test_a_header_that_would_break_its_line_is_not_written(headers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not a header"):
        write([Part(headers)])


def test_a_body_without_parts_is_not_written() -> None:
    with pytest.raises(ValueError, match="one part at least"):
        write([])
