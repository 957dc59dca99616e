"""Statements that the data model accepts: what the other stories change and see refused."""

import json
from copy import deepcopy
from typing import Any

import pytest
from tincan import Statement

from tests.xapi.examples import as_json, examples
from xapi.data import V1, V2, Malformed, check_statement

BOTH = pytest.mark.parametrize("version", [V1, V2])

JUDGE = {"account": {"homePage": "https://training.example/people", "name": "7f3a"}}
CLERK = {"objectType": "Agent", "name": "A clerk", "mbox": "mailto:clerk@court.example"}
LESSON = {"id": "https://training.example/lessons/indicators"}
PANEL = {"objectType": "Group", "name": "Panel", "member": [JUDGE, CLERK]}
COURT = {"objectType": "Group", "mbox": "mailto:registry@court.example", "member": [CLERK]}
EARLIER = {"objectType": "StatementRef", "id": "5b1f9a3e-2f0e-4f0c-9a56-0d6ef3d3c1aa"}
REPORT = {
    "objectType": "SubStatement",
    "actor": CLERK,
    "verb": {"id": "https://training.example/verbs/planned"},
    "object": LESSON,
}
RESULT = {
    "score": {"scaled": 0.85, "raw": 17, "min": 0, "max": 20},
    "success": True,
    "completion": True,
    "response": "b",
    "duration": "PT24M10.5S",
    "extensions": {"https://training.example/attempt": 2, "https://training.example/note": None},
}
CONTEXT = {
    "registration": "0d2f6a6a-9f5e-4c52-8a3a-2f9d7e9b3c11",
    "instructor": CLERK,
    "team": PANEL,
    "contextActivities": {"parent": LESSON, "grouping": [LESSON, LESSON], "other": []},
    "revision": "3",
    "platform": "Training",
    "language": "sr-Latn-RS",
    "statement": EARLIER,
    "extensions": {"https://training.example/deep": {"a": [None, {"b": None}]}},
}
ATTACHMENT = {
    "usageType": "https://training.example/attachments/certificate",
    "display": {"en": "Certificate", "sr-Cyrl": "Уверење"},
    "contentType": "application/pdf",
    "length": 2048,
    "sha2": "ab" * 32,
}


def a_statement(**changes: Any) -> dict[str, Any]:
    """Return a plain statement with these properties in place of its own."""
    plain = {
        "actor": JUDGE,
        "verb": {"id": "https://training.example/verbs/passed", "display": {"en": "passed"}},
        "object": LESSON,
    }
    return deepcopy({**plain, **changes})


def refusal(version: str, /, **changes: Any) -> Malformed:
    """Return why a statement with these properties is refused."""
    with pytest.raises(Malformed) as refused:
        check_statement(a_statement(**changes), version)
    return refused.value


def without(whole: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the object without these properties."""
    return {name: value for name, value in whole.items() if name not in names}


ACCEPTED = {
    "plain": {},
    "whole": {
        "id": "5B1F9A3E-2f0e-4f0c-9a56-0d6ef3d3c1aa",
        "result": RESULT,
        "context": CONTEXT,
        "attachments": [ATTACHMENT],
        "timestamp": "2026-03-18T05:32:34.804Z",
        "stored": "2026-03-18T05:32:35+01:00",
        "authority": JUDGE,
        "version": "1.0.3",
    },
    "by a group": {"actor": PANEL},
    "about an agent": {"object": CLERK},
    "about a group": {"object": COURT},
    "about a statement": {"object": EARLIER},
    "a report of another": {"object": {**REPORT, "result": RESULT, "context": CONTEXT}},
}


@BOTH
@pytest.mark.parametrize("changes", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_a_good_statement_is_accepted_and_left_as_it_is(
    changes: dict[str, Any], version: str
) -> None:
    given = a_statement(**changes)
    before = deepcopy(given)
    check_statement(given, version)
    assert given == before


@BOTH
@pytest.mark.parametrize("statement", examples().values(), ids=examples().keys())
def test_every_statement_of_our_own_is_good(statement: Statement, version: str) -> None:
    check_statement(json.loads(as_json(statement)), version)
