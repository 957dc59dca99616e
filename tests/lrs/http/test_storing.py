"""Statements come in (1.0.3 Communication 2.1.1 and 2.1.2, IEEE 9274.1.1 4.1.6.1)."""

from typing import Any

import pytest

from lrs.models import Mention, Statement
from tests.lrs.http.tools import (
    ANA,
    EVA,
    LESSON,
    READ,
    STATEMENTS,
    VERSIONS,
    WROTE,
    Tool,
    new_id,
    refusal,
    statement,
    substatement,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version", VERSIONS)
def test_a_put_stores_one_statement_under_the_id_of_the_request(version: str) -> None:
    tool, id_ = Tool(version), new_id()
    answer = tool.send("PUT", STATEMENTS, statement(), statementId=id_)
    assert (answer.status_code, answer.content) == (204, b"")
    assert tool.read(id_)["actor"] == ANA


@pytest.mark.parametrize("version", VERSIONS)
def test_a_post_stores_one_or_many_and_tells_their_ids_in_order(version: str) -> None:
    tool, id_ = Tool(version), new_id()
    one = tool.send("POST", STATEMENTS, statement())
    many = tool.send("POST", STATEMENTS, [statement(), statement(id=id_), statement()])
    assert one.status_code == many.status_code == 200
    (given,), ids = one.json(), many.json()
    assert ids[1] == id_
    assert len({given, *ids}) == 4
    assert all(tool.read(one_)["verb"] == {"id": READ} for one_ in (given, *ids))


@pytest.mark.parametrize("version", VERSIONS)
def test_the_store_says_what_is_its_own_to_say(version: str) -> None:
    tool = Tool(version)
    claimed = {
        "stored": "2001-01-01T00:00:00Z",
        "authority": {"mbox": "mailto:boss@example.org"},
    }
    (id_,) = tool.store(statement(**claimed))
    found = tool.read(id_)
    assert found["authority"]["account"]["name"] == tool.credential.key
    assert found["stored"] > "2026"
    assert found["timestamp"] == found["stored"]
    assert found["version"] == ("1.0.0" if version == "1.0.3" else "2.0.0")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_credential_vouches_under_one_name(version: str) -> None:
    tool = Tool(version)
    ids = tool.store(statement(), statement(authority=EVA)) + tool.store(statement())
    (mine,) = {str(tool.read(id_)["authority"]) for id_ in ids}
    (other,) = Tool(version).store(statement())
    assert str(tool.read(other)["authority"]) != mine


@pytest.mark.parametrize("version", VERSIONS)
def test_a_moment_to_come_is_no_reason_to_refuse(version: str) -> None:
    tool, later = Tool(version), "2126-01-01T00:00:00.5+01:00"
    plan = substatement(timestamp=later)
    for said in (statement(timestamp=later), statement(object=plan)):
        (id_,) = tool.store(said)
        found = tool.read(id_)
        assert {name: found[name] for name in said} == said


def test_what_the_sender_says_stays_as_it_is(tool: Tool) -> None:
    said = statement(
        id=new_id(),
        timestamp="2026-11-24T10:30:00.123456789+01:00",
        version="1.0.2",
        result={"score": {"scaled": 0.1, "raw": 1e-7}, "duration": "PT1H0M0.50S"},
        context={"extensions": {"https://example.org/x": [None, {"ж": "\u2028"}, 1.0, 1, -0.0]}},
    )
    tool.store(said)
    found = tool.read(said["id"])
    assert {name: found[name] for name in said} == said


def test_single_context_activities_become_lists(tool: Tool) -> None:
    context = {"contextActivities": {"parent": {"id": LESSON}}}
    inner = statement(objectType="SubStatement", context=context)
    (id_,) = tool.store(statement(object=inner))
    found = tool.read(id_)["object"]["context"]["contextActivities"]
    assert found == {"parent": [{"id": LESSON}]}


def test_the_same_again_changes_nothing(tool: Tool) -> None:
    said = statement(id=new_id())
    for _ in range(2):
        assert tool.send("PUT", STATEMENTS, said, statementId=said["id"]).status_code == 204
        assert tool.store(said) == [said["id"]]
    first = tool.read(said["id"])
    tool.store(statement(), said)
    tool.store(first)
    assert tool.read(said["id"]) == first
    assert Statement.objects.count() == 2


def test_an_id_is_the_same_in_any_letters(tool: Tool) -> None:
    id_ = new_id()
    tool.store(statement(id=id_.upper()))
    answer = tool.send("PUT", STATEMENTS, statement(id=id_), statementId=id_.upper())
    assert answer.status_code == 204
    assert tool.find() == [id_]


def test_another_statement_under_the_same_id_is_a_conflict(tool: Tool) -> None:
    said = statement(id=new_id())
    tool.store(said)
    for other in (said | {"actor": EVA}, said | {"verb": {"id": WROTE}}):
        put = tool.send("PUT", STATEMENTS, other, statementId=said["id"])
        post = tool.send("POST", STATEMENTS, [other])
        assert put.status_code == post.status_code == 409
        assert said["id"] in refusal(post)
    assert tool.read(said["id"])["actor"] == ANA


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"verb": {"id": "no iri"}}, 400),
        ({"actor": {"name": "nobody"}}, 400),
        ({"result": {"score": {"scaled": 2}}}, 400),
        ({"other": 1}, 400),
        ({"id": "{taken}", "actor": EVA}, 409),
        ({"verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}}, 400),
    ],
)
def test_a_batch_is_stored_as_a_whole_or_not_at_all(
    tool: Tool, wrong: dict[str, Any], status: int
) -> None:
    (taken,) = tool.store(statement())
    mentions = Mention.objects.count()
    if "id" in wrong:
        wrong = wrong | {"id": taken}
    answer = tool.send("POST", STATEMENTS, [statement(), statement() | wrong, statement()])
    assert answer.status_code == status
    assert refusal(answer)
    assert (tool.find(), Mention.objects.count()) == ([taken], mentions)


def test_one_id_twice_in_a_batch_is_refused(tool: Tool) -> None:
    said = statement(id=new_id())
    for twice in ([said, said], [said, said | {"id": said["id"].upper(), "actor": EVA}]):
        answer = tool.send("POST", STATEMENTS, twice)
        assert (answer.status_code, tool.find()) == (400, [])
        assert "same id" in refusal(answer)


def test_an_empty_batch_stores_nothing(tool: Tool) -> None:
    assert tool.store() == []
    assert tool.find() == []


@pytest.mark.parametrize("body", [b"", b"null", b"true", b"1", b'"text"', b"[[]]", b"[null]"])
def test_what_is_no_statement_is_refused(tool: Tool, body: bytes) -> None:
    for method, params in (("POST", {}), ("PUT", {"statementId": new_id()})):
        answer = tool.send(method, STATEMENTS, body, **params)
        assert answer.status_code == 400
        assert refusal(answer)


def test_a_put_carries_one_statement_with_the_id_of_the_request(tool: Tool) -> None:
    id_ = new_id()
    for said in ([statement()], [], statement(id=new_id()), statement(id=7)):
        assert tool.send("PUT", STATEMENTS, said, statementId=id_).status_code == 400
    for params in ({}, {"statementId": ""}, {"statementId": "1"}):
        assert tool.send("PUT", STATEMENTS, statement(), **params).status_code == 400
    assert tool.send("POST", STATEMENTS, statement(), statementId=id_).status_code == 400
    assert tool.find() == []


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/json-seq"])
def test_statements_come_as_json(tool: Tool, media_type: str) -> None:
    answer = tool.send("POST", STATEMENTS, statement(), media_type=media_type)
    assert answer.status_code == 400
    assert "application/json" in refusal(answer)
    spelled = "Application/JSON; charset=utf-8"
    assert tool.send("POST", STATEMENTS, statement(), media_type=spelled).status_code == 200


@pytest.mark.parametrize("count", [1, 50])
def test_a_batch_costs_as_many_queries_as_one_statement(
    tool: Tool, count: int, django_assert_max_num_queries: Any
) -> None:
    tool.store(statement())
    # Two of them make the savepoint that a story has instead of a transaction.
    with django_assert_max_num_queries(7):
        tool.store(*(statement() for _ in range(count)))
