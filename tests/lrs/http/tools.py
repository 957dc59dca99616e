"""A learning tool that talks to the record store over HTTP, and the statements it sends."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.test import Client

from tests.lrs.credentials import credential

STATEMENTS = "/xapi/statements"
VERSIONS = ["1.0.3", "2.0.0"]
ANA = {"objectType": "Agent", "account": {"homePage": "https://example.org", "name": "ana"}}
EVA = {"objectType": "Agent", "mbox": "mailto:eva@example.org"}
READ, WROTE = "https://example.org/verbs/read", "https://example.org/verbs/wrote"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
LESSON, ESSAY = "https://example.org/course/lesson", "https://example.org/course/essay"
REGISTRATION = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"


class Tool:
    """A program with a credential of its own, which may do everything unless told otherwise."""

    def __init__(self, version: str = "1.0.3", **overrides: Any) -> None:
        self.version = version
        self.credential, self.headers = credential(version=version, **overrides)
        self.client = Client(raise_request_exception=False)

    def send(
        self,
        method: str,
        path: str = STATEMENTS,
        body: Any = None,
        /,
        headers: Mapping[str, str] | None = None,
        media_type: str = "application/json",
        **params: Any,
    ) -> Any:
        """Send a request; what is no text is sent as JSON."""
        data = body if isinstance(body, bytes) else b"" if body is None else as_json(body)
        return self.raw(method, path, _query(params), data, media_type, headers)

    def raw(
        self,
        method: str,
        path: str,
        query: str = "",
        data: bytes = b"",
        media_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
        **environ: Any,
    ) -> Any:
        """Send a request with the query as it is written."""
        return self.client.generic(
            method,
            path,
            data,
            media_type,
            headers=self.headers | dict(headers or {}),
            QUERY_STRING=query,
            **environ,
        )

    def store(self, *statements: Any, **more: Any) -> list[str]:
        """Send statements in one batch; return their ids."""
        answer = self.send("POST", STATEMENTS, list(statements), **more)
        assert answer.status_code == 200, answer.content
        ids: list[str] = answer.json()
        return ids

    def find(self, **filters: Any) -> list[str]:
        """Return the ids of the statements on the first page that the filters find."""
        answer = self.send("GET", STATEMENTS, **filters)
        assert answer.status_code == 200, answer.content
        return [one["id"] for one in answer.json()["statements"]]

    def read(self, id_: str, **how: Any) -> dict[str, Any]:
        """Return one statement."""
        answer = self.send("GET", STATEMENTS, statementId=id_, **how)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found

    def sees(self, id_: str, parameter: str = "statementId") -> bool:
        """Say whether a statement is found by its id."""
        status = self.send("GET", STATEMENTS, **{parameter: id_}).status_code
        assert status in (200, 404)
        return bool(status == 200)

    def void(self, id_: str, **changes: Any) -> Any:
        """Take a statement back; return the answer."""
        return self.send("POST", STATEMENTS, voiding(id_, **changes))


def statement(**changes: Any) -> dict[str, Any]:
    """Return a small statement: Ana read the lesson. None leaves a property out."""
    whole = {"actor": ANA, "verb": {"id": READ}, "object": {"id": LESSON}} | changes
    return {name: value for name, value in whole.items() if value is not None}


def reference(id_: str) -> dict[str, str]:
    """Return an object that is another statement."""
    return {"objectType": "StatementRef", "id": id_}


def about(id_: str, **changes: Any) -> dict[str, Any]:
    """Return what Eva wrote about another statement."""
    return statement(actor=EVA, verb={"id": WROTE}, object=reference(id_)) | changes


def voiding(id_: str, **changes: Any) -> dict[str, Any]:
    """Return a statement that takes another one back."""
    return statement(actor=EVA, verb={"id": VOIDED}, object=reference(id_)) | changes


def substatement(**changes: Any) -> dict[str, Any]:
    """Return an object that is a statement about something still to come."""
    return statement(objectType="SubStatement", **changes)


def new_id() -> str:
    """Return an id that nothing has."""
    return str(uuid4())


def as_json(value: Any) -> bytes:
    """Return a value as it goes over the wire, half pairs of surrogates escaped."""
    return json.dumps(value).encode()


def refusal(answer: Any) -> str:
    """Return the sentence with which a request was refused."""
    assert answer["Content-Type"] == "application/json"
    said = json.loads(answer.content)
    assert set(said) == {"error"}
    assert len(said["error"].split()) > 2
    return str(said["error"])


def _query(params: Mapping[str, Any]) -> str:
    return urlencode(
        {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in params.items()
        }
    )
