"""The description of the record store for programs: OpenAPI 3.1, made from what is served here.

The specification of xAPI says what the resources mean; this says what they take and give.
"""

import json
from typing import Any

from lrs.http.answers import Answer, as_json
from lrs.http.exchange import Exchange
from lrs.http.multipart import MIXED
from lrs.http.openapi_shapes import PARAMETERS, SCHEMAS, reference
from lrs.http.versions import SUPPORTED
from lrs.models import Credential

Described = dict[str, Any]

_REASONS = {
    "304": "The reader has this very document already (If-None-Match).",
    "400": "The request breaks a rule of the specification; the error says which.",
    "401": "There is no credential, or it is not valid.",
    "403": "The credential does not allow this.",
    "404": "There is nothing under this id.",
    "409": "Something else is there already.",
    "411": "The request has no Content-Length.",
    "412": "The document is not, or no longer, what If-Match or If-None-Match says.",
    "413": "The request carries more than one may.",
    "503": "Too many requests at once; come again after Retry-After seconds.",
}
_ASKING, _WRITING = ("400", "401", "403", "503"), ("400", "401", "403", "411", "413", "503")
_DONE = {"204": {"description": "Done."}}
_FILTERS = (
    "statementId", "voidedStatementId", "agent", "verb", "activity", "registration",
    "related_activities", "related_agents", "since", "until", "limit", "ascending", "format",
    "attachments", "after",
)  # fmt: skip


def respond(exchange: Exchange) -> Answer:
    """Return the description. Open to everybody."""
    exchange.allow("GET")
    exchange.only()
    return as_json(description())


def text() -> str:
    """Return the description as it is committed."""
    return json.dumps(description(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def description() -> Described:
    """Return the description of all resources, below the mount of the store."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Learning Record Store",
            "version": "1",
            "description": f"xAPI {' and '.join(SUPPORTED)}, chosen by X-Experience-API-Version.",
        },
        "servers": [{"url": "/xapi"}],
        "security": [{"basic": []}, {"bearer": []}],
        "paths": {
            "/statements": _statements(),
            "/activities/state": _documents("state", "stateId", "activityId", "agent"),
            "/activities/profile": _documents("activityProfile", "profileId", "activityId"),
            "/agents/profile": _documents("agentProfile", "profileId", "agent"),
            "/activities": _known("activities", "activityId", "Activity"),
            "/agents": _known("agents", "agent", "Person"),
            "/about": _open("about", "Tell which versions are spoken.", reference("About")),
            "/openapi.json": _open("describe", "Return this description.", {"type": "object"}),
        },
        "components": {
            "schemas": SCHEMAS,
            "parameters": PARAMETERS,
            "responses": {status: _refusal(status) for status in _REASONS if status != "304"},
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic", "description": _scopes()},
                "bearer": {"type": "http", "scheme": "bearer", "description": "key.secret"},
            },
        },
    }


def _scopes() -> str:
    return f"Key and secret of a credential, whose scopes are among {', '.join(Credential.Scope)}."


def _statements() -> Described:
    one_or_many = {"oneOf": [reference("Statement"), reference("Statements")]}
    found = {"anyOf": [reference("StatementResult"), reference("Statement")]}
    get = _operation(
        "getStatements",
        "Return one statement, or a page of those that the filters find.",
        parameters=[*_FILTERS, "Accept-Language"],
        responses={"200": _answered(found, mixed=True)} | _refusals(*_ASKING, "404"),
    )
    put = _operation(
        "putStatement",
        "Store one statement under the id given.",
        parameters=["statementId!"],
        body=_body(reference("Statement"), mixed=True),
        responses=_DONE | _refusals(*_WRITING, "409"),
    )
    post = _operation(
        "postStatements",
        "Store statements, all of them or none; return their ids.",
        body=_body(one_or_many, mixed=True),
        responses={"200": _answered(reference("Ids"))} | _refusals(*_WRITING, "409"),
    )
    return _with_head({"get": get, "put": put, "post": post})


def _documents(name: str, id_: str, *context: str) -> Described:
    """Describe a resource of documents: one by its name, or the names of all."""
    needed = [f"{one}!" for one in context]
    more = ["registration"] if name == "state" else []
    title = name[0].upper() + name[1:]
    anything = {"description": "The document, or the names of all.", "content": {"*/*": {}}}
    one = [*needed, f"{id_}!", *more, "If-Match", "If-None-Match"]
    # All states of a context can be deleted at once; profiles go one by one.
    deleted = [*needed, id_ if more else f"{id_}!", *more, "If-Match", "If-None-Match"]
    return _with_head(
        {
            "get": _operation(
                f"get{title}",
                "Return a document, or the names of those written since.",
                parameters=[*needed, id_, *more, "since", "If-None-Match"],
                responses={"200": anything, "304": {"description": _REASONS["304"]}}
                | _refusals(*_ASKING, "404"),
            ),
            "put": _operation(
                f"put{title}",
                "Store a document.",
                parameters=one,
                body=_body({}, anything=True),
                responses=_DONE | _refusals(*_WRITING, "409", "412"),
            ),
            "post": _operation(
                f"post{title}",
                "Set properties of a JSON document.",
                parameters=one,
                body=_body({}, anything=True),
                responses=_DONE | _refusals(*_WRITING, "409", "412"),
            ),
            "delete": _operation(
                f"delete{title}",
                "Delete a document.",
                parameters=deleted,
                responses=_DONE | _refusals(*_WRITING, "412"),
            ),
        }
    )


def _known(name: str, parameter: str, schema: str) -> Described:
    return _with_head(
        {
            "get": _operation(
                name,
                f"Return what is known of the {parameter.removesuffix('Id')}.",
                parameters=[f"{parameter}!"],
                responses={"200": _answered(reference(schema))} | _refusals(*_ASKING),
            )
        }
    )


def _open(name: str, summary: str, schema: Described) -> Described:
    get = {
        "operationId": name,
        "summary": summary,
        "security": [],
        "responses": {"200": _answered(schema), **_refusals("400")},
    }
    return _with_head({"get": get})


def _operation(
    name: str,
    summary: str,
    *,
    responses: Described,
    parameters: list[str] | None = None,
    body: Described | None = None,
) -> Described:
    """Describe a method; a parameter with an exclamation mark must be there."""
    given = ["X-Experience-API-Version", *(parameters or [])]
    described = {
        "operationId": name,
        "summary": summary,
        "parameters": [_parameter(one) for one in given],
        "responses": responses,
    }
    return described | ({"requestBody": body} if body else {})


def _parameter(name: str) -> Described:
    if name.endswith("!"):
        return PARAMETERS[name.removesuffix("!")] | {"required": True}
    return {"$ref": f"#/components/parameters/{name}"}


def _with_head(operations: Described) -> Described:
    """Add HEAD, which answers as GET does, without a body."""
    get = operations["get"]
    responses = {
        status: {"description": _REASONS.get(status, "As GET, without the body.")}
        for status in get["responses"]
    }
    head = get | {"operationId": f"{get['operationId']}Head", "responses": responses}
    return operations | {"head": head}


def _body(schema: Described, *, mixed: bool = False, anything: bool = False) -> Described:
    content: Described = {"application/json": {"schema": schema}}
    if mixed:
        content[MIXED] = {"schema": {"type": "string", "format": "binary"}}
    if anything:
        content["application/octet-stream"] = {"schema": {"type": "string", "format": "binary"}}
    return {"required": True, "content": content}


def _answered(schema: Described, *, mixed: bool = False) -> Described:
    content: Described = {"application/json": {"schema": schema}}
    if mixed:
        content[MIXED] = {"schema": {"type": "string", "format": "binary"}}
    return {"description": "What was asked for.", "content": content}


def _refusals(*statuses: str) -> Described:
    return {one: {"$ref": f"#/components/responses/{one}"} for one in sorted(statuses)}


def _refusal(status: str) -> Described:
    content = {"application/json": {"schema": reference("Error")}}
    return {"description": _REASONS[status], "content": content}
