"""How requests are made and answered (1.0.3 Communication 1 and 3, IEEE 9274.1.1 4.1)."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.http import parse_http_date

from tests.lrs.http.tools import (
    ANA,
    LESSON,
    STATEMENTS,
    VERSIONS,
    Tool,
    as_json,
    new_id,
    refusal,
    statement,
)

pytestmark = pytest.mark.django_db

RESOURCES = {
    "about": "GET, HEAD",
    "activities": "GET, HEAD",
    "agents": "GET, HEAD",
    "statements": "GET, PUT, POST, HEAD",
    "activities/state": "GET, PUT, POST, DELETE, HEAD",
    "activities/profile": "GET, PUT, POST, DELETE, HEAD",
    "agents/profile": "GET, PUT, POST, DELETE, HEAD",
}
FORM = "application/x-www-form-urlencoded"


# --- versions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "understood"),
    [("1.0", "1.0.3"), ("1.0.0", "1.0.3"), ("1.0.3", "1.0.3"), ("1.0.99", "1.0.3"),
     ("2.0", "2.0.0"), ("2.0.0", "2.0.0"), ("2.0.7", "2.0.0"), (" 1.0.3 ", "1.0.3")],
)  # fmt: skip
def test_the_version_understood_is_answered(tool: Tool, named: str, understood: str) -> None:
    answer = tool.send("GET", headers={"X-Experience-API-Version": named})
    assert (answer.status_code, answer["X-Experience-API-Version"]) == (200, understood)


@pytest.mark.parametrize("named", ["", "1", "0.95", "1.1.0", "2.1.0", "3.0", "x", "1.0.x", "１.0"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_another_version_is_refused(tool: Tool, method: str, named: str) -> None:
    version = {"X-Experience-API-Version": named.encode().decode("latin-1")}
    answer = tool.send(method, STATEMENTS, statement(), headers=version)
    assert answer.status_code == 400
    assert "X-Experience-API-Version" in refusal(answer)
    assert answer["X-Experience-API-Version"] in ("1.0.3", "2.0.0")


@pytest.mark.parametrize(("default", "resource"), [("1.0.3", "agents"), ("2.0.0", "statements")])
def test_who_names_no_version_is_answered_in_the_one_set(
    tool: Tool, settings: Any, default: str, resource: str
) -> None:
    settings.LRS_DEFAULT_VERSION = default
    del tool.headers["X-Experience-API-Version"]
    answer = tool.send("GET", f"/xapi/{resource}")
    assert (answer.status_code, answer["X-Experience-API-Version"]) == (400, default)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_answer_names_the_version(version: str) -> None:
    tool, stranger = Tool(version), Tool(version)
    del stranger.headers["Authorization"]
    answers = {
        200: tool.send("POST", STATEMENTS, statement()),
        204: tool.send("PUT", STATEMENTS, statement(), statementId=new_id()),
        400: tool.send("POST", STATEMENTS, {}),
        401: stranger.send("GET"),
        403: Tool(version, scopes=[]).send("GET"),
        404: tool.send("GET", statementId=new_id()),
        405: tool.send("DELETE"),
    }
    for status, answer in answers.items():
        assert (answer.status_code, answer["X-Experience-API-Version"]) == (status, version)


@pytest.mark.parametrize(("mount", "version"), [("1.0.3", "1.0.3"), ("2.0", "2.0.0")])
def test_a_mount_of_one_version_speaks_that_one_only(mount: str, version: str) -> None:
    for spoken in VERSIONS:
        answer = Tool(spoken).send("GET", f"/xapi/{mount}/statements")
        assert answer.status_code == (200 if spoken == version else 400)
        assert answer["X-Experience-API-Version"] == version
    about = Client().get(f"/xapi/{mount}/about")
    assert about.json() == {"version": [version]}
    assert Client().get("/xapi/about").json() == {"version": VERSIONS}


# --- who, which resource, which method --------------------------------------------------------


@pytest.mark.parametrize("resource", sorted(RESOURCES.keys() - {"about"}))
@pytest.mark.parametrize("header", ["", "Basic eDp5", "Bearer x.y", "Basic x", "Digest x"])
def test_nobody_unknown_comes_in(db: None, resource: str, header: str) -> None:
    headers = {"X-Experience-API-Version": "1.0.3"} | ({"Authorization": header} if header else {})
    answer = Client().get(f"/xapi/{resource}", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic ")
    assert refusal(answer)


@pytest.mark.parametrize(("method", "path"), [("POST", STATEMENTS), ("PUT", STATEMENTS)])
def test_nor_does_anything_that_they_send(tool: Tool, method: str, path: str) -> None:
    del tool.headers["Authorization"]
    params = {"statementId": new_id()} if method == "PUT" else {}
    assert tool.send(method, path, statement(), **params).status_code == 401
    assert Tool().find() == []


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("method", ["PATCH", "DELETE", "PUT", "POST", "TRACE", "BREW"])
def test_each_resource_says_what_it_can_do(tool: Tool, resource: str, method: str) -> None:
    if method in RESOURCES[resource]:
        return
    answer = tool.send(method, f"/xapi/{resource}")
    assert (answer.status_code, answer["Allow"]) == (405, RESOURCES[resource])
    assert method in refusal(answer)


@pytest.mark.parametrize(
    "path",
    ["", "statement", "statements/1", "Statements", "1.0.3/", "2.0.0/about", "x/about", "%00"],
)
def test_there_are_no_other_resources(tool: Tool, path: str) -> None:
    for method in ("GET", "POST"):
        answer = tool.send(method, f"/xapi/{path}")
        assert answer.status_code == 404
        assert refusal(answer)


def test_a_slash_at_the_end_means_nothing(tool: Tool) -> None:
    assert tool.send("GET", "/xapi/statements/").status_code == 200


# --- headers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_head_answers_as_get_does_without_a_body(version: str) -> None:
    tool = Tool(version)
    (id_,) = tool.store(statement())
    for params in ({"statementId": id_}, {"agent": ANA}, {"statementId": new_id()}, {"limit": "x"}):
        get, head = (tool.send(method, STATEMENTS, **params) for method in ("GET", "HEAD"))
        assert (head.status_code, head.content) == (get.status_code, b"")
        moving = "X-Experience-API-Consistent-Through"
        assert {n: v for n, v in head.items() if n != moving} == {
            n: v for n, v in get.items() if n != moving
        }
        assert head["Content-Length"] == str(len(get.content))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("resource", RESOURCES)
def test_each_resource_understands_head(version: str, resource: str) -> None:
    tool, path = Tool(version), f"/xapi/{resource}"
    tool.store(statement())
    of = {"activityId": LESSON} if "activities" in resource else {}
    by = {"agent": ANA} if resource.startswith("agents") or "state" in resource else {}
    for params in ({**of, **by}, {"limits": "1"}):
        get, head = (tool.send(method, path, **params) for method in ("GET", "HEAD"))
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert set(head.headers) == set(get.headers)
        assert head["Content-Length"] == str(len(get.content))


@pytest.mark.parametrize("version", VERSIONS)
def test_last_modified_is_the_moment_of_storing(version: str) -> None:
    tool = Tool(version)
    (id_,) = tool.store(statement())
    stored = datetime.fromisoformat(tool.read(id_)["stored"])
    one, page = tool.send("GET", statementId=id_), tool.send("GET")
    assert parse_http_date(one["Last-Modified"]) == int(stored.timestamp())
    if version == "2.0.0":
        assert page["Last-Modified"] == one["Last-Modified"]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_answer_about_statements_says_how_far_they_are_complete(version: str) -> None:
    tool = Tool(version)
    (id_,) = tool.store(statement())
    asked = [{}, {"statementId": id_}, {"statementId": new_id()}, {"limit": "x"}]
    asked_for = [tool.send("GET", **params) for params in asked]
    sent = [tool.send("POST", STATEMENTS, said) for said in (statement(), [statement()], {})]
    put = tool.send("PUT", STATEMENTS, statement(), statementId=new_id())
    for answer in (*asked_for, *sent, put, tool.send("DELETE")):
        through = datetime.fromisoformat(answer["X-Experience-API-Consistent-Through"])
        assert through.tzinfo is not None


def test_the_server_alone_writes_the_date(tool: Tool) -> None:
    assert "Date" not in tool.send("GET")


def test_pages_of_any_origin_may_ask_first(db: None) -> None:
    headers = {
        "Origin": "https://content.example.org",
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization, x-experience-api-version",
    }
    for resource in RESOURCES:
        answer = Client().options(f"/xapi/{resource}", headers=headers)
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "PUT" in answer["Access-Control-Allow-Methods"]
        allowed = answer["Access-Control-Allow-Headers"].lower()
        assert "authorization" in allowed
        assert "x-experience-api-version" in allowed


def test_pages_of_any_origin_may_read_the_answers(tool: Tool) -> None:
    for answer in (tool.send("GET"), tool.send("GET", limit="x"), tool.send("GET", "/xapi/none")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        exposed = answer["Access-Control-Expose-Headers"]
        assert "ETag" in exposed
        assert "X-Experience-API-Consistent-Through" in exposed


def test_nothing_of_the_site_takes_part(tool: Tool) -> None:
    answer = tool.send("GET")
    assert not answer.cookies
    assert "Content-Security-Policy" not in answer
    assert "Vary" not in answer


# --- the alternate request syntax (1.0.3 Communication 1.3) -----------------------------------


def wrapped(
    tool: Tool, method: str, path: str = STATEMENTS, *, bare: bool = True, **fields: Any
) -> Any:
    """Send a request as a form that a browser of old could send, `bare` without headers."""
    headers = tool.headers if bare else {}
    content = {"content": as_json(fields.pop("content"))} if "content" in fields else {}
    form = urlencode({**headers, **fields, **content}).encode()
    sender = Tool(tool.version) if not bare else tool
    kept, sender.headers = sender.headers, {} if bare else sender.headers
    try:
        return sender.raw("POST", path, f"method={method}", form, FORM)
    finally:
        sender.headers = kept


def test_a_form_may_stand_for_any_request(tool: Tool) -> None:
    id_ = new_id()
    assert wrapped(tool, "PUT", statementId=id_, content=statement()).status_code == 204
    assert wrapped(tool, "POST", content=statement()).status_code == 200
    assert wrapped(tool, "GET", statementId=id_).json() == tool.read(id_)
    assert len(wrapped(tool, "get", activity=LESSON).json()["statements"]) == 2
    state = {"activityId": LESSON, "agent": as_json(ANA).decode(), "stateId": "s"}
    path = "/xapi/activities/state"
    assert wrapped(tool, "PUT", path, content={"page": 3}, **state).status_code == 204
    assert wrapped(tool, "GET", path, **state).json() == {"page": 3}
    assert wrapped(tool, "DELETE", path, **state).status_code == 204
    assert wrapped(tool, "GET", path, **state).status_code == 404


def test_headers_may_stay_headers(tool: Tool) -> None:
    assert wrapped(tool, "POST", bare=False, content=statement()).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_form_that_stores_has_a_content(tool: Tool, method: str) -> None:
    answer = wrapped(tool, method, statementId=new_id())
    assert answer.status_code == 400
    assert "content" in refusal(answer)


def test_a_form_has_no_other_parameter_beside_the_method(tool: Tool) -> None:
    form = urlencode({"content": as_json(statement()).decode()}).encode()
    query = f"method=PUT&statementId={new_id()}"
    assert tool.raw("POST", STATEMENTS, query, form, FORM).status_code == 400
    assert tool.raw("GET", STATEMENTS, "method=GET").status_code == 400
    assert tool.raw("POST", STATEMENTS, "method=PUT", b"{}", "text/plain").status_code == 400
    assert wrapped(tool, "PATCH").status_code == 405


def test_the_second_version_has_no_such_forms(db: None) -> None:
    answer = wrapped(Tool("2.0.0"), "GET")
    assert answer.status_code == 400
    assert "alternate" in refusal(answer)
