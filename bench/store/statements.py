"""Statements as a busy course sends them, and the requests that carry or look for them."""

import base64
import json
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

VERBS = [
    f"http://adlnet.gov/expapi/verbs/{name}"
    for name in ("answered", "passed", "completed", "initialized", "failed")
]
LEARNERS, ACTIVITIES, PARENTS, COURSES, REGISTRATIONS = 1000, 300, 50, 5, 2000
_HOME = "https://w3id.org/putokaz/actor"
_ACTIVITY = "https://w3id.org/putokaz/activity/"
_ADL = "http://adlnet.gov/expapi/activities/"


def statement(chance: random.Random) -> dict[str, Any]:
    """Return a statement of about a kilobyte, with an id and a definition."""
    return {
        "id": str(UUID(int=chance.getrandbits(128), version=4)),
        "actor": _learner(chance),
        "verb": {"id": chance.choice(VERBS), "display": {"en": "did"}},
        "object": {
            "objectType": "Activity",
            "id": f"{_ACTIVITY}{chance.randrange(ACTIVITIES)}",
            "definition": {
                "type": f"{_ADL}cmi.interaction",
                "name": {"en": "Question", "sr": "Питање"},
            },
        },
        "result": {
            "success": True,
            "score": {"scaled": 0.8},
            "duration": "PT35S",
            "response": "a",
        },
        "context": {
            "registration": str(UUID(int=chance.randrange(REGISTRATIONS))),
            "contextActivities": {
                "parent": [{"id": f"{_ACTIVITY}p{chance.randrange(PARENTS)}"}],
                "grouping": [{"id": f"{_ACTIVITY}c{chance.randrange(COURSES)}"}],
            },
            "extensions": {"https://w3id.org/putokaz/extension/edition": 3},
        },
        "timestamp": "2026-11-25T04:00:00.123Z",
    }


def kinds(credential: dict[str, str]) -> dict[str, tuple[int, Callable[[random.Random], bytes]]]:
    """Return, by name, how many statements a request carries (or 1), and how to make one."""
    head = _head(credential)

    def batch(size: int) -> Callable[[random.Random], bytes]:
        return lambda chance: _post(head, [statement(chance) for _ in range(size)])

    return {
        "POST one": (1, lambda chance: _post(head, statement(chance))),
        "POST 50": (50, batch(50)),
        "POST 100": (100, batch(100)),
        "GET agent+verb": (1, lambda chance: _get(head, _agent_and_verb(chance))),
        "GET activity": (1, lambda chance: _get(head, _activity(chance))),
        "GET registration": (1, lambda chance: _get(head, _registration(chance))),
        "GET newest": (1, lambda chance: _get(head, "limit=50")),
    }


def _learner(chance: random.Random) -> dict[str, Any]:
    name = str(UUID(int=chance.randrange(LEARNERS)))
    return {"objectType": "Agent", "account": {"homePage": _HOME, "name": name}}


def _agent_and_verb(chance: random.Random) -> str:
    agent = quote(json.dumps(_learner(chance)))
    return f"agent={agent}&verb={quote(chance.choice(VERBS), safe='')}&limit=50"


def _activity(chance: random.Random) -> str:
    return f"activity={quote(f'{_ACTIVITY}{chance.randrange(ACTIVITIES)}', safe='')}&limit=50"


def _registration(chance: random.Random) -> str:
    return f"registration={UUID(int=chance.randrange(REGISTRATIONS))}&ascending=true&limit=50"


def _head(credential: dict[str, str]) -> str:
    pair = f"{credential['key']}:{credential['secret']}".encode()
    return (
        "HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Experience-API-Version: 1.0.3\r\n"
        f"Authorization: Basic {base64.b64encode(pair).decode()}\r\n"
    )


def _post(head: str, value: Any) -> bytes:
    body = json.dumps(value, ensure_ascii=False).encode()
    lines = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return f"POST /xapi/statements {head}{lines}".encode() + body


def _get(head: str, query: str) -> bytes:
    return f"GET /xapi/statements?{query} {head}\r\n".encode()
