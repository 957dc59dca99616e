"""Parameters and shapes that the description of the record store names (see openapi)."""

from typing import Any

from lrs.http.versions import SUPPORTED
from xapi.data.activities import COMPONENTS, LISTS
from xapi.data.actors import IDENTIFIERS

Described = dict[str, Any]

_TEXT, _FLAG = {"type": "string"}, {"type": "boolean"}
_IRI, _UUID = {"type": "string", "format": "iri"}, {"type": "string", "format": "uuid"}
_MOMENT = {"type": "string", "format": "date-time"}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
_NUMBER = {"type": "number"}


def reference(schema: str) -> Described:
    """Return where a shape is described."""
    return {"$ref": f"#/components/schemas/{schema}"}


def _shape(properties: Described, *required: str) -> Described:
    """Describe an object that may have these properties and no others."""
    described = {"type": "object", "properties": properties, "additionalProperties": False}
    return described | ({"required": list(required)} if required else {})


def _map(values: Described) -> Described:
    return {"type": "object", "additionalProperties": values}


def _list(items: Described) -> Described:
    return {"type": "array", "items": items}


def _fixed(word: str) -> Described:
    return {"type": "string", "const": word}


_LANGUAGES, _EXTENSIONS = reference("LanguageMap"), reference("Extensions")
_ACTOR = {"anyOf": [reference("Agent"), reference("Group")]}
_IDENTIFIED: Described = {
    "mbox": {"type": "string", "pattern": "^mailto:[^ @]+@[^ @]+$"},
    "mbox_sha1sum": {"type": "string", "pattern": "^[0-9A-Fa-f]{40}$"},
    "openid": _IRI,
    "account": reference("Account"),
}
_COMPONENTS = _list(_shape({"id": _TEXT, "description": _LANGUAGES}, "id"))
_ONE_OR_MORE = {"anyOf": [reference("Activity"), _list(reference("Activity"))]}
_IN_STATEMENT: Described = {
    "actor": _ACTOR,
    "verb": reference("Verb"),
    "result": reference("Result"),
    "context": reference("Context"),
    "timestamp": _MOMENT,
    "attachments": _list(reference("Attachment")),
}
_OBJECTS = [reference(name) for name in ("Activity", "Agent", "Group", "StatementRef")]

SCHEMAS: dict[str, Described] = {
    "Error": _shape({"error": {"type": "string", "description": "What is wrong."}}, "error"),
    "LanguageMap": _map(_TEXT)
    | {"propertyNames": {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$|^[ix]-"}},
    "Extensions": _map({}) | {"propertyNames": {"format": "iri"}},
    "Account": _shape({"homePage": _IRI, "name": _TEXT}, "homePage", "name"),
    "Agent": _shape({"objectType": _fixed("Agent"), "name": _TEXT} | _IDENTIFIED)
    | {"oneOf": [{"required": [name]} for name in sorted(IDENTIFIERS)]},
    "Group": _shape(
        {"objectType": _fixed("Group"), "name": _TEXT, "member": _list(reference("Agent"))}
        | _IDENTIFIED,
        "objectType",
    ),
    "Person": _shape(
        {"objectType": _fixed("Person"), "name": _list(_TEXT)}
        | {name: _list(shape) for name, shape in _IDENTIFIED.items()},
        "objectType",
    ),
    "Verb": _shape({"id": _IRI, "display": _LANGUAGES}, "id"),
    "Activity": _shape(
        {"objectType": _fixed("Activity"), "id": _IRI, "definition": reference("Definition")}, "id"
    ),
    "Definition": _shape(
        {
            "name": _LANGUAGES,
            "description": _LANGUAGES,
            "type": _IRI,
            "moreInfo": _IRI,
            "extensions": _EXTENSIONS,
            "interactionType": {"type": "string", "enum": list(COMPONENTS)},
            "correctResponsesPattern": _list(_TEXT),
            **dict.fromkeys(sorted(LISTS), _COMPONENTS),
        }
    ),
    "StatementRef": _shape({"objectType": _fixed("StatementRef"), "id": _UUID}, "objectType", "id"),
    "SubStatement": _shape(
        _IN_STATEMENT | {"objectType": _fixed("SubStatement"), "object": {"anyOf": _OBJECTS}},
        *("objectType", "actor", "verb", "object"),
    ),
    "Result": _shape(
        {
            "score": _shape(
                {
                    "scaled": {"type": "number", "minimum": -1, "maximum": 1},
                    "raw": _NUMBER,
                    "min": _NUMBER,
                    "max": _NUMBER,
                }
            ),
            "success": _FLAG,
            "completion": _FLAG,
            "response": _TEXT,
            "duration": {"type": "string", "format": "duration"},
            "extensions": _EXTENSIONS,
        }
    ),
    "Context": _shape(
        {
            "registration": _UUID,
            "instructor": _ACTOR,
            "team": reference("Group"),
            "contextActivities": _shape(
                dict.fromkeys(("parent", "grouping", "category", "other"), _ONE_OR_MORE)
            ),
            "contextAgents": _list({"type": "object", "description": "Only in 2.0."}),
            "contextGroups": _list({"type": "object", "description": "Only in 2.0."}),
            "revision": _TEXT,
            "platform": _TEXT,
            "language": _TEXT,
            "statement": reference("StatementRef"),
            "extensions": _EXTENSIONS,
        }
    ),
    "Attachment": _shape(
        {
            "usageType": _IRI,
            "display": _LANGUAGES,
            "description": _LANGUAGES,
            "contentType": _TEXT,
            "length": {"type": "integer", "minimum": 0},
            "sha2": {"type": "string", "pattern": "^[0-9A-Fa-f]{56,128}$"},
            "fileUrl": _IRI,
        },
        *("usageType", "display", "contentType", "length", "sha2"),
    ),
    "Statement": _shape(
        _IN_STATEMENT
        | {
            "id": _UUID,
            "object": {"anyOf": [*_OBJECTS, reference("SubStatement")]},
            "stored": _MOMENT,
            "authority": _ACTOR,
            "version": _TEXT,
        },
        *("actor", "verb", "object"),
    ),
    "Statements": _list(reference("Statement")),
    "StatementResult": _shape(
        {
            "statements": reference("Statements"),
            "more": {"type": "string", "description": "Where the next page is; empty for none."},
        },
        *("statements", "more"),
    ),
    "Ids": _list(_UUID),
    "About": _shape({"version": _list({"type": "string", "enum": list(SUPPORTED)})}, "version"),
}


def _query(name: str, schema: Described, meaning: str) -> Described:
    return {"name": name, "in": "query", "schema": schema, "description": meaning}


def _header(name: str, schema: Described, meaning: str) -> Described:
    return {"name": name, "in": "header", "schema": schema, "description": meaning}


def _agent() -> Described:
    meaning = "An agent, or a group that has an identifier, as JSON."
    content = {"application/json": {"schema": reference("Agent")}}
    return {"name": "agent", "in": "query", "content": content, "description": meaning}


_ALL = [
    _header(
        "X-Experience-API-Version",
        {"type": "string", "enum": list(SUPPORTED)},
        "The version of xAPI that the request speaks.",
    )
    | {"required": True},
    _header("Accept-Language", _TEXT, "The languages wished for with format=canonical."),
    _header("If-Match", _TEXT, "Only if the document is the one with this ETag."),
    _header("If-None-Match", _TEXT, "Only if it is not; an asterisk means: if there is none."),
    _agent(),
    _query("statementId", _UUID, "The id of a statement."),
    _query("voidedStatementId", _UUID, "The id of a statement that was taken back."),
    _query("verb", _IRI, "The id of a verb."),
    _query("activity", _IRI, "The id of an activity."),
    _query("activityId", _IRI, "The id of an activity."),
    _query("registration", _UUID, "A registration."),
    _query("related_activities", _FLAG, "Find the activity wherever it stands."),
    _query("related_agents", _FLAG, "Find the agent wherever it stands."),
    _query("since", _MOMENT, "Only what was stored after this moment."),
    _query("until", _MOMENT, "Only what was stored until this moment."),
    _query("limit", _COUNT, "How many at most; 0 means as many as possible."),
    _query("ascending", _FLAG, "The oldest first."),
    _query(
        "format",
        {"type": "string", "enum": ["exact", "ids", "canonical"]},
        "As sent, with ids alone, or in one language.",
    ),
    _query("attachments", _FLAG, "With the attachments, as multipart/mixed."),
    _query("after", {"type": "integer"}, "Where the page before ended; stands in its `more`."),
    _query("stateId", _TEXT | {"minLength": 1}, "The name of a state document."),
    _query("profileId", _TEXT | {"minLength": 1}, "The name of a profile document."),
]
PARAMETERS: dict[str, Described] = {one["name"]: one for one in _ALL}
