"""In which form statements are returned (1.0.3 Communication 2.1.3: format, attachments)."""

from email import message_from_bytes
from email.policy import HTTP
from hashlib import sha256
from typing import Any

import pytest

from lrs.http.multipart import Part, write
from tests.lrs.http.tools import (
    ANA,
    ESSAY,
    EVA,
    LESSON,
    READ,
    STATEMENTS,
    VERSIONS,
    Tool,
    as_json,
    new_id,
    refusal,
    statement,
    substatement,
)

pytestmark = pytest.mark.django_db

NAMED = ANA | {"name": "Ana"}
LESSON_TOLD = {
    "id": LESSON,
    "definition": {"name": {"en": "Lesson", "sr": "Лекција"}, "type": "https://example.org/lesson"},
}
VERB_TOLD = {"id": READ, "display": {"en": "read", "sr-Cyrl": "читала", "de": "las"}}
GROUP = {"objectType": "Group", "name": "Team", "member": [NAMED, EVA]}
TOLD = statement(
    actor=NAMED,
    verb=VERB_TOLD,
    object=substatement(actor=GROUP, verb=VERB_TOLD, object=LESSON_TOLD),
    context={
        "instructor": EVA | {"name": "Eva"},
        "contextActivities": {"parent": [LESSON_TOLD]},
    },
)


def test_ids_leaves_what_identifies(tool: Tool) -> None:
    (id_,) = tool.store(TOLD)
    found = tool.read(id_, format="ids")
    assert (found["actor"], found["verb"]) == (ANA, {"id": READ})
    assert found["object"]["object"] == {"id": LESSON}
    assert found["object"]["actor"] == {"objectType": "Group", "member": [ANA, EVA]}
    assert found["context"]["instructor"] == EVA
    assert found["context"]["contextActivities"] == {"parent": [{"id": LESSON}]}
    assert tool.send("GET", STATEMENTS, format="ids").json()["statements"] == [found]


def test_exact_is_what_one_gets_unasked(tool: Tool) -> None:
    (id_,) = tool.store(TOLD)
    found = tool.read(id_)
    assert {name: found[name] for name in TOLD} == TOLD
    assert tool.read(id_, format="exact") == found
    assert tool.send("GET", STATEMENTS).json()["statements"] == [found]


@pytest.mark.parametrize(
    ("languages", "verb", "name"),
    [
        ("sr", "читала", "Лекција"),
        ("de, sr;q=0.5", "las", "Лекција"),
        ("sr;q=0.1, en;q=0.9", "read", "Lesson"),
        ("sr-Cyrl-RS, *;q=0.1", "читала", "Лекција"),
        ("fr", "read", "Lesson"),
        ("", "read", "Lesson"),
        (";;q=x,,", "read", "Lesson"),
    ],
)
def test_canonical_speaks_the_language_of_the_reader(
    tool: Tool, languages: str, verb: str, name: str
) -> None:
    (id_,) = tool.store(TOLD)
    answer = tool.send(
        "GET",
        headers={"Accept-Language": languages},
        statementId=id_,
        format="canonical",
    )
    found = answer.json()
    assert list(found["verb"]["display"].values()) == [verb]
    for told in (found["object"]["object"], found["context"]["contextActivities"]["parent"][0]):
        assert list(told["definition"]["name"].values()) == [name]
        assert told["definition"]["type"] == "https://example.org/lesson"


def test_canonical_knows_what_other_statements_told(tool: Tool) -> None:
    (id_,) = tool.store(statement())
    tool.store(statement(object=LESSON_TOLD))
    assert tool.read(id_)["object"] == {"id": LESSON}
    assert tool.read(id_, format="canonical")["object"]["definition"]["name"] == {"en": "Lesson"}


def test_canonical_speaks_one_language_in_every_part_of_a_question(tool: Tool) -> None:
    both = {"en": "One", "sr": "Један"}
    options = [{"id": "a", "description": both}, {"id": "b", "description": {"sr": "Два"}}]
    kinds = {
        "choice": ["choices"],
        "sequencing": ["choices"],
        "likert": ["scale"],
        "matching": ["source", "target"],
        "performance": ["steps"],
    }
    for kind, names in kinds.items():
        lists = dict.fromkeys(names, options)
        definition = {"description": both, "interactionType": kind, **lists}
        said = statement(object={"id": f"{LESSON}/{kind}", "definition": definition})
        (id_,) = tool.store(said)
        english = {"Accept-Language": "en"}
        found = tool.read(id_, format="canonical", headers=english)
        told = found["object"]["definition"]
        assert told["description"] == {"en": "One"}
        for name in names:
            shown = [option["description"] for option in told[name]]
            assert shown == [{"en": "One"}, {"sr": "Два"}]


def test_ids_leaves_what_identifies_who_had_a_part(db: None) -> None:
    tool, parts = Tool("2.0.0"), ["https://example.org/parts/mentor"]
    mentor = {"objectType": "contextAgent", "agent": NAMED, "relevantTypes": parts}
    team = {"objectType": "contextGroup", "group": GROUP}
    (id_,) = tool.store(statement(context={"contextAgents": [mentor], "contextGroups": [team]}))
    found = tool.read(id_, format="ids")["context"]
    assert found["contextAgents"] == [mentor | {"agent": ANA}]
    assert found["contextGroups"] == [
        team | {"group": {"objectType": "Group", "member": [ANA, EVA]}}
    ]


# --- attachments ------------------------------------------------------------------------------

TEXT, PHOTO = "Што сам научила\r\n--крај".encode(), bytes(range(256))


def attachment(content: bytes, **more: Any) -> dict[str, Any]:
    return {
        "usageType": "https://example.org/usage/essay",
        "display": {"en": "Essay"},
        "contentType": "text/plain; charset=utf-8",
        "length": len(content),
        "sha2": sha256(content).hexdigest(),
    } | more


def parcel(said: Any, *contents: bytes) -> tuple[str, bytes]:
    """Return content type and body of a request with attachments."""
    first = Part({"content-type": "application/json"}, as_json(said))
    hashed = (("x-experience-api-hash", sha256(content).hexdigest()) for content in contents)
    parts = [
        Part(dict([("content-transfer-encoding", "binary"), one]), content)
        for one, content in zip(hashed, contents, strict=True)
    ]
    return write([first, *parts])


def send_parcel(
    tool: Tool, said: Any, *contents: bytes, method: str = "POST", **params: Any
) -> Any:
    media_type, body = parcel(said, *contents)
    return tool.send(method, STATEMENTS, body, media_type=media_type, **params)


def parts_of(answer: Any) -> list[Any]:
    """Read an answer as any library for mail would."""
    head = f"Content-Type: {answer['Content-Type']}\r\n\r\n".encode()
    return list(message_from_bytes(head + answer.content, policy=HTTP).iter_parts())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_attachments_come_back_as_they_were_sent(version: str, method: str) -> None:
    tool, id_ = Tool(version), new_id()
    said = statement(id=id_, attachments=[attachment(TEXT), attachment(PHOTO)])
    params = {"statementId": id_} if method == "PUT" else {}
    stored = send_parcel(tool, said, TEXT, PHOTO, method=method, **params)
    assert stored.status_code in (200, 204)
    for how in ({"statementId": id_}, {"limit": 1}):
        answer = tool.send("GET", STATEMENTS, attachments=True, **how)
        assert answer["Content-Type"].startswith("multipart/mixed; boundary=")
        told, text, photo = parts_of(answer)
        assert told.get_content_type() == "application/json"
        assert (text.get_payload(decode=True), photo.get_payload(decode=True)) == (TEXT, PHOTO)
        assert text["X-Experience-API-Hash"] == sha256(TEXT).hexdigest()
        assert text["Content-Transfer-Encoding"] == "binary"
        assert text.get_content_type() == "text/plain"


def test_attachments_stay_away_unless_asked_for(tool: Tool) -> None:
    send_parcel(tool, statement(attachments=[attachment(TEXT)]), TEXT)
    for how in ({}, {"attachments": "false"}):
        answer = tool.send("GET", STATEMENTS, **how)
        assert answer["Content-Type"] == "application/json"
        assert answer.json()["statements"][0]["attachments"] == [attachment(TEXT)]


def test_one_file_for_many_statements_travels_once(tool: Tool) -> None:
    said = [statement(attachments=[attachment(TEXT)]) for _ in range(3)]
    assert send_parcel(tool, said, TEXT).status_code == 200
    assert len(parts_of(tool.send("GET", STATEMENTS, attachments=True))) == 2


def test_without_attachments_there_is_one_part(tool: Tool) -> None:
    tool.store(statement())
    (told,) = parts_of(tool.send("GET", STATEMENTS, attachments=True))
    assert told.get_content_type() == "application/json"


@pytest.mark.parametrize("version", VERSIONS)
def test_statements_whose_files_stand_elsewhere_come_in_either_form(version: str) -> None:
    tool = Tool(version)
    elsewhere = attachment(TEXT, fileUrl="https://example.org/essay.txt")
    for said in (statement(), statement(attachments=[]), statement(attachments=[elsewhere])):
        assert tool.send("POST", STATEMENTS, [said, said]).status_code == 200
        assert send_parcel(tool, [said, said]).status_code == 200
        for send in (tool.send("PUT", STATEMENTS, said, statementId=new_id()),
                     send_parcel(tool, said, method="PUT", statementId=new_id())):  # fmt: skip
            assert send.status_code == 204
    assert len(tool.find()) == 18


@pytest.mark.parametrize("contents", [[], [PHOTO], [TEXT, PHOTO]])
def test_files_and_statements_must_fit_together(tool: Tool, contents: list[bytes]) -> None:
    answer = send_parcel(tool, statement(attachments=[attachment(TEXT)]), *contents)
    assert (answer.status_code, tool.find()) == (400, [])
    assert refusal(answer)


def test_a_hash_alone_does_not_give_what_others_sent(tool: Tool) -> None:
    """Who knows a hash, but not the file, gets it by no statement of their own."""
    send_parcel(tool, statement(attachments=[attachment(TEXT)]), TEXT)
    thief = Tool(scopes=["statements/write", "statements/read/mine"])
    claim = statement(object={"id": ESSAY}, attachments=[attachment(TEXT)])
    assert thief.send("POST", STATEMENTS, claim).status_code == 400
    elsewhere = attachment(TEXT, fileUrl="https://example.org/essay.txt")
    thief.store(claim | {"attachments": [elsewhere]})
    assert len(parts_of(thief.send("GET", STATEMENTS, attachments=True))) == 1


def test_what_came_here_and_stands_elsewhere_too_is_returned(tool: Tool) -> None:
    both = attachment(TEXT, fileUrl="https://example.org/essay.txt")
    send_parcel(tool, statement(attachments=[both]), TEXT)
    _, text = parts_of(tool.send("GET", STATEMENTS, attachments=True))
    assert text.get_payload(decode=True) == TEXT
