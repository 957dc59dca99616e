"""Whatever comes in, there is a clear refusal, and nothing breaks or grows without bounds."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest

from lrs.http.door import answer as answer_of
from tests.lrs.http.tools import (
    ANA,
    LESSON,
    READ,
    STATEMENTS,
    Tool,
    new_id,
    refusal,
    statement,
)

pytestmark = pytest.mark.django_db

BEYOND = "https://example.org/extension"
MEBI = 1024 * 1024


def extended(value: str) -> bytes:
    """Return a statement with this JSON in an extension."""
    body = json.dumps(statement(context={"extensions": {BEYOND: "here"}}))
    return body.replace('"here"', value).encode()


def refused(answer: Any, status: int = 400) -> str:
    assert answer.status_code == status, answer.content[:200]
    assert len(answer.content) < 2000
    return refusal(answer)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        extended("[" * 100_000 + "]" * 100_000),
        extended("[" * 150 + "]" * 150),
        extended('{"a":' * 900 + "1" + "}" * 900),
    ],
)
def test_what_is_nested_too_deeply_is_refused(tool: Tool, body: bytes) -> None:
    assert refused(tool.send("POST", STATEMENTS, body))
    assert tool.find() == []


def test_what_is_nested_as_deep_as_possible_can_do_everything(tool: Tool) -> None:
    body = json.loads(extended("[" * 90 + "]" * 90)) | {"id": new_id()}
    for _ in range(2):
        assert tool.store(body) == [body["id"]]
    for form in ("exact", "ids", "canonical"):
        assert tool.read(body["id"], format=form)["context"] == body["context"]


@pytest.mark.parametrize(
    "number", ["1e999", "-1e999", "NaN", "Infinity", "-Infinity", "1" + "0" * 5000]
)
def test_numbers_that_nobody_can_keep_are_refused(tool: Tool, number: str) -> None:
    assert refused(tool.send("POST", STATEMENTS, extended(number)))
    score = json.dumps(statement(result={"score": {"raw": 0.25}})).replace("0.25", number)
    assert refused(tool.send("POST", STATEMENTS, score.encode()))


def test_large_numbers_come_back_to_the_last_digit(tool: Tool) -> None:
    number = "1" + "0" * 4000 + "7"
    (id_,) = tool.send("POST", STATEMENTS, extended(number)).json()
    assert number.encode() in tool.send("GET", statementId=id_).content


@pytest.mark.parametrize(
    "body",
    [
        extended('{"a": 1, "a": 1}'),
        b'{"actor": {}, "actor": {}}',
        b"\xef\xbb\xbf" + extended("1"),
        extended("1").decode().encode("utf-16"),
        extended('"here"').replace(b"here", b"\xff\xfe"),
        extended('"here"').replace(b"here", b"\xed\xa0\x80"),
        extended('"here"').replace(b"here", b"\0"),
        extended('"here"').replace(b"here", b"a\nb"),
        extended("1") + b"\0",
        extended("1") + extended("1"),
        extended("01"),
        extended("'a'"),
        extended("1") + b"//",
    ],
)
def test_what_is_no_strict_json_is_refused(tool: Tool, body: bytes) -> None:
    assert refused(tool.send("POST", STATEMENTS, body))
    assert tool.find() == []


STRANGE = ["a\0b", "\0", "\ud800", "ж\udfff", "\ud83d", "\u2028\x7f\x1f", "😀", "‮", "\ufffe"]


@pytest.mark.parametrize("text", STRANGE)
def test_any_text_is_kept_where_text_may_stand(tool: Tool, text: str) -> None:
    """A zero and half of a surrogate pair too, though the database has no such text."""
    said = statement(
        id=new_id(),
        actor={"account": {"homePage": "https://example.org", "name": text}, "name": text},
        verb={"id": READ, "display": {"en": text}},
        object={"id": LESSON, "definition": {"name": {"en": text}, "description": {"en": text}}},
        result={"response": text, "extensions": {BEYOND: {text: [text]}}},
        context={"platform": text, "revision": text},
    )
    for _ in range(2):
        assert tool.store(said) == [said["id"]]
    found = tool.read(said["id"])
    assert {name: found[name] for name in said} == said
    for form in ("ids", "canonical"):
        assert tool.read(said["id"], format=form)["actor"]["account"]["name"] == text
    assert tool.find(agent=said["actor"]) == [said["id"]]
    for resource, params in (
        ("agents", {"agent": said["actor"]}),
        ("activities", {"activityId": LESSON}),
    ):
        assert tool.send("GET", f"/xapi/{resource}", **params).status_code == 200


@pytest.mark.parametrize("text", STRANGE[:5])
@pytest.mark.parametrize("place", ["verb", "object", "type", "extension", "language", "name"])
def test_such_text_is_no_identifier(tool: Tool, text: str, place: str) -> None:
    iri = f"https://example.org/{text}"
    wrong = {
        "verb": {"verb": {"id": iri}},
        "object": {"object": {"id": iri}},
        "type": {"object": {"id": LESSON, "definition": {"type": iri}}},
        "extension": {"context": {"extensions": {iri: 1}}},
        "language": {"verb": {"id": READ, "display": {text: "x"}}},
        "name": {text: 1},
    }[place]
    assert refused(tool.send("POST", STATEMENTS, statement(**wrong)))
    assert refused(tool.send("GET", STATEMENTS, agent=json.dumps({text: 1})))


# --- size -------------------------------------------------------------------------------------


class Endless:
    """A body without end, that tells how much of it was read."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= 17 * MEBI
        self.given += size
        return b" " * size

    def readline(self, size: int = -1) -> bytes:
        return self.read(size)


def ask(tool: Tool, body: Endless, method: str = "POST", **environ: Any) -> Any:
    request = WSGIRequest(
        {
            "REQUEST_METHOD": method,
            "PATH_INFO": STATEMENTS,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": "application/json",
            "HTTP_AUTHORIZATION": tool.headers["Authorization"],
            "HTTP_X_EXPERIENCE_API_VERSION": "1.0.3",
            "wsgi.input": body,
            **environ,
        }
    )
    return answer_of(request, "/xapi/")


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_of_a_body_that_is_too_large_nothing_is_kept(tool: Tool, method: str) -> None:
    """It is taken in for a while: whoever is still sending does not hear an answer."""
    for announced, taken in ((50 * MEBI, 50 * MEBI), (5000 * MEBI, 65 * MEBI)):
        body = Endless()
        assert refused(ask(tool, body, method, CONTENT_LENGTH=str(announced)), 413)
        assert body.given <= taken


def test_how_much_one_may_send_is_a_setting(tool: Tool, settings: Any) -> None:
    settings.LRS_MAX_BODY = 10_000
    state = {"activityId": LESSON, "agent": ANA, "stateId": "s"}
    for size, statuses in ((9_000, (200, 204)), (10_000, (413, 413))):
        long = statement(result={"response": "x" * size})
        answer = tool.send("POST", STATEMENTS, long)
        assert (answer.status_code, len(tool.find())) == (statuses[0], 1)
        document = tool.send(
            "PUT", "/xapi/activities/state", b"x" * (size + 1), media_type="text/plain", **state
        )
        assert document.status_code == statuses[1]


def test_a_body_of_unknown_length_is_not_even_read(tool: Tool) -> None:
    body = Endless()
    answer = ask(tool, body, HTTP_TRANSFER_ENCODING="chunked")
    assert "Content-Length" in refused(answer, 411)
    assert body.given == 0


@pytest.mark.parametrize("length", ["", "-1", "0", "x", "1e3", "9" * 5000])
def test_a_length_that_is_none_is_refused(tool: Tool, length: str) -> None:
    answer = ask(tool, Endless(), CONTENT_LENGTH=length)
    assert answer.status_code in (400, 413)
    assert refusal(answer)


def test_a_batch_of_thousands_is_stored_within_the_limit_of_a_request(tool: Tool) -> None:
    assert len(tool.store(*(statement() for _ in range(1000)))) == 1000
    same = statement(id=new_id())
    assert "same id" in refused(tool.send("POST", STATEMENTS, [same] * 5000))


def test_a_statement_may_name_thousands(tool: Tool) -> None:
    members = [{"mbox": f"mailto:m{number}@example.org"} for number in range(2000)]
    (id_,) = tool.store(statement(actor={"objectType": "Group", "member": members}))
    assert tool.find(agent=members[-1]) == [id_]


# --- the request itself -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "limit=1&limit=1",
        "limit=1&limit=2",
        "verb=%FF%FE",
        "verb=%C0%80",
        "verb=%ED%A0%80",
        "agent=%00",
        "verb=https%3A//example.org/%00",
        "=1",
        "%",
        "&".join(f"a{number}=1" for number in range(10_000)),
        "verb=" + "x" * 100_000,
        "agent=" + "%5B" * 50_000,
        "agent=" + "%7B%22a%22:" * 10_000,
        "statementId=%00",
        "registration=" + "%F0%9F%98%80",
        "since=%D9%A1",
        "limit=%D9%A1",
        "after=" + "9" * 19,
        "\xff=\xfe",
    ],
)
def test_parameters_that_are_garbage_are_refused(tool: Tool, query: str) -> None:
    assert refused(tool.raw("GET", STATEMENTS, query))


@pytest.mark.parametrize("header", ["Authorization", "Accept-Language", "X-Experience-API-Version"])
def test_headers_without_end_do_no_harm(tool: Tool, header: str) -> None:
    tool.store(statement(verb={"id": READ, "display": {"en": "read", "sr": "читао"}}))
    for value in ("x" * MEBI, "a,;q=" * 100_000, "\xff" * 1000, "en;q=nan,sr;q=-inf"):
        answer = tool.send("GET", headers={header: value}, format="canonical")
        assert answer.status_code == {"Authorization": 401, "Accept-Language": 200}.get(header, 400)


@pytest.mark.parametrize("media_type", ["", ";", "multipart/mixed", "\xff", "application/json\0"])
def test_a_media_type_that_is_none_is_refused(tool: Tool, media_type: str) -> None:
    answer = tool.send("POST", STATEMENTS, statement(), media_type=media_type)
    assert refused(answer)


def parcels() -> Iterator[tuple[str, bytes]]:
    told = b"Content-Type: application/json\r\n\r\n" + json.dumps(statement()).encode()
    mixed = "multipart/mixed; boundary="
    yield mixed + "b", b""
    yield mixed + "b", b"--a\r\n" + told + b"\r\n--a--\r\n"
    yield mixed + "b", b"--b\r\n" + told
    yield mixed + "b", b"--b--\r\n"
    yield mixed + "b", b"--b\n" + told + b"\n--b--"
    yield mixed, b"--\r\n" + told + b"\r\n----"
    yield mixed + "b; boundary=c", b"--b\r\n" + told + b"\r\n--b--"
    yield mixed + "x" * 100, b"--" + b"x" * 100 + b"\r\n" + told
    yield mixed + '"b', b"--b\r\n" + told + b"\r\n--b--"
    yield mixed + "b", b"--b\r\n" + b"X: " + b"y" * 100_000 + b"\r\n\r\n{}\r\n--b--"
    yield mixed + "b", b"--b\r\n" * 50_000
    yield mixed + "b", b"--b\r\n\xff: \xfe\r\n\r\n{}\r\n--b--"


@pytest.mark.parametrize(("media_type", "body"), list(parcels()))
def test_a_parcel_that_is_broken_is_refused(tool: Tool, media_type: str, body: bytes) -> None:
    assert refused(tool.send("POST", STATEMENTS, body, media_type=media_type))
    assert tool.find() == []
