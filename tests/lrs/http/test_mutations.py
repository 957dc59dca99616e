"""Whatever becomes of a statement on its way: it is kept as it is, or refused with a reason."""

import copy
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lrs.http.tools import (
    ANA,
    ESSAY,
    EVA,
    LESSON,
    READ,
    REGISTRATION,
    STATEMENTS,
    VERSIONS,
    Tool,
    as_json,
    reference,
    refusal,
    statement,
    substatement,
)

pytestmark = pytest.mark.django_db

TEAM = {"objectType": "Group", "name": "Team", "member": [ANA, EVA]}
QUESTION = {
    "id": LESSON,
    "definition": {
        "name": {"en": "Which?", "sr": "Који?"},
        "interactionType": "choice",
        "correctResponsesPattern": ["a[,]b"],
        "choices": [{"id": "a", "description": {"en": "A"}}, {"id": "b"}],
        "extensions": {"https://example.org/x": {"deep": [1, None, "ж"]}},
    },
}
CONTEXT = {
    "registration": REGISTRATION,
    "instructor": EVA,
    "team": TEAM,
    "contextActivities": {"parent": [{"id": ESSAY}], "other": {"id": ESSAY}},
    "language": "sr-Latn",
    "statement": reference(REGISTRATION),
    "extensions": {"https://example.org/y": 1},
}
RESULT = {
    "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
    "success": True,
    "response": "a",
    "duration": "PT1M30.5S",
}
WHOLE = [
    statement(object=QUESTION, context=CONTEXT, result=RESULT),
    statement(actor=TEAM, verb={"id": READ, "display": {"en": "read"}}, object=EVA),
    statement(object=substatement(actor=TEAM, object=QUESTION, context=CONTEXT, result=RESULT)),
    statement(object=reference(REGISTRATION), timestamp="2026-11-24T09:00:00+01:00"),
]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.text(st.characters(codec=None, categories=["Cs", "Cc", "Lu"]), max_size=4),
    st.sampled_from(["", "\0", "\ud800", "Agent", "Group", "SubStatement", "StatementRef"]),
    st.sampled_from([[], {}, [[]], [None], {"id": LESSON}, {"mbox": "mailto:a@b.c"}, READ]),
    st.recursive(
        st.integers(),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=4,
    ),
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield everything that stands in a value: where, and under which name or number."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in list(entries):
        yield value, name
        if isinstance(inner, dict | list):
            yield from places(inner)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """Return a well-formed statement in which one to three things were changed."""
    said = copy.deepcopy(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 3))):
        where, name = draw(st.sampled_from(list(places(said))))
        change = draw(st.sampled_from(["replace", "remove", "add", "copy"]))
        if change == "remove":
            del where[name]
        elif change == "add" and isinstance(where, dict):
            where[draw(st.text(max_size=8) | st.sampled_from(["objectType", "id", "mbox"]))] = draw(
                ODD
            )
        elif change == "copy":
            other, its = draw(st.sampled_from(list(places(said))))
            where[name] = copy.deepcopy(other[its])
        else:
            where[name] = draw(ODD)
        if not said:
            break
    return said


@pytest.mark.parametrize("version", VERSIONS)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(said=mutated())
def test_a_statement_is_kept_as_it_is_or_refused(db: None, version: str, said: Any) -> None:
    tool, id_ = Tool(version, key=uuid4().hex), str(uuid4())
    said.pop("id", None)
    answer = tool.send("PUT", STATEMENTS, as_json(said), statementId=id_)
    if answer.status_code != 204:
        assert answer.status_code == 400
        assert refusal(answer)
        return
    found = tool.read(id_)
    for name in ("id", "stored", "authority", "version", "timestamp"):
        if name not in said or name in ("stored", "authority"):
            found.pop(name)
            said.pop(name, None)
    assert found == with_lists(json.loads(as_json(said)))
    for form in ("ids", "canonical"):
        assert tool.read(id_, format=form)
    assert id_ in tool.find(verb=said["verb"]["id"])


def with_lists(said: dict[str, Any]) -> dict[str, Any]:
    """Return a statement as the store writes its context activities (1.0.3 Data 2.4.6.2)."""
    for part in (said, said["object"]):
        found = part.get("context", {}).get("contextActivities", {})
        for kind, one in found.items():
            found[kind] = one if isinstance(one, list) else [one]
    return said
