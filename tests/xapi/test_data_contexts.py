"""What surrounded it (Data 2.4.6; IEEE 9274.1.1 4.2.2.5)."""

from typing import Any

import pytest

from tests.xapi.test_data_examples import (
    BOTH,
    CLERK,
    COURT,
    EARLIER,
    JUDGE,
    LESSON,
    PANEL,
    REPORT,
    a_statement,
    refusal,
)
from xapi.data import V1, V2, check_statement

PARTS = ["https://training.example/parts/mentor"]
MENTOR = {"objectType": "contextAgent", "agent": JUDGE, "relevantTypes": PARTS}
BENCH = {"objectType": "contextGroup", "group": PANEL, "relevantTypes": PARTS}


@BOTH
@pytest.mark.parametrize(
    "context",
    [{}, {"instructor": PANEL}, {"instructor": JUDGE}, {"team": COURT}, {"contextActivities": {}}],
)
def test_a_context_may_say_little(context: dict[str, Any], version: str) -> None:
    check_statement(a_statement(context=context), version)


@BOTH
@pytest.mark.parametrize("name", ["parent", "grouping", "category", "other"])
@pytest.mark.parametrize("around", [LESSON, [], [LESSON], [LESSON, LESSON]])
def test_2_4_6_2_activities_around_it_are_one_or_several(
    name: str, around: object, version: str
) -> None:
    check_statement(a_statement(context={"contextActivities": {name: around}}), version)


@BOTH
@pytest.mark.parametrize(
    ("context", "path"),
    [
        ([], ""),
        ({"registration": "7"}, ".registration"),
        ({"registration": 7}, ".registration"),
        ({"instructor": {"name": "Ana"}}, ".instructor"),
        ({"instructor": LESSON}, ".instructor.id"),
        ({"team": CLERK}, ".team.objectType"),
        ({"team": JUDGE}, ".team"),
        ({"revision": 3}, ".revision"),
        ({"platform": {}}, ".platform"),
        ({"language": "serbian latin"}, ".language"),
        ({"language": 7}, ".language"),
        ({"statement": EARLIER["id"]}, ".statement"),
        ({"statement": {"id": EARLIER["id"]}}, ".statement"),
        ({"statement": REPORT}, ".statement.objectType"),
        ({"contextActivities": [LESSON]}, ".contextActivities"),
        ({"contextActivities": {"child": LESSON}}, ".contextActivities.child"),
        ({"contextActivities": {"parent": CLERK}}, ".contextActivities.parent.objectType"),
        ({"contextActivities": {"parent": "x:y"}}, ".contextActivities.parent"),
        ({"extensions": {"edition": 3}}, '.extensions["edition"]'),
        ({"extensions": None}, ".extensions"),
    ],
)
def test_2_4_6_what_is_no_context(context: object, path: str, version: str) -> None:
    assert refusal(version, context=context).path == f"context{path}"


@pytest.mark.parametrize(
    "context",
    [
        {"contextAgents": [MENTOR]},
        {"contextAgents": [{"objectType": "contextAgent", "agent": CLERK}]},
        {"contextGroups": [BENCH, {"objectType": "contextGroup", "group": COURT}]},
    ],
)
def test_actors_with_a_part_are_new_in_2_0(context: dict[str, Any]) -> None:
    check_statement(a_statement(context=context), V2)
    check_statement(a_statement(object={**REPORT, "context": context}), V2)
    assert refusal(V1, context=context).path == f"context.{min(context)}"


@pytest.mark.parametrize(
    ("context", "path"),
    [
        ({"contextAgents": MENTOR}, "contextAgents"),
        ({"contextAgents": [{"agent": JUDGE}]}, "contextAgents[0]"),
        ({"contextAgents": [{"objectType": "contextAgent"}]}, "contextAgents[0]"),
        ({"contextAgents": [{**MENTOR, "objectType": "Agent"}]}, "contextAgents[0].objectType"),
        ({"contextAgents": [{**MENTOR, "agent": COURT}]}, "contextAgents[0].agent.objectType"),
        ({"contextAgents": [{**MENTOR, "relevantTypes": []}]}, "contextAgents[0].relevantTypes"),
        (
            {"contextAgents": [{**MENTOR, "relevantTypes": [*PARTS, "mentor"]}]},
            "contextAgents[0].relevantTypes[1]",
        ),
        ({"contextGroups": [BENCH, MENTOR]}, "contextGroups[1].objectType"),
        ({"contextGroups": [{**BENCH, "group": CLERK}]}, "contextGroups[0].group.objectType"),
        ({"contextGroups": [{**BENCH, "member": [JUDGE]}]}, "contextGroups[0].member"),
        ({"contextGroups": [{**BENCH, "relevantTypes": None}]}, "contextGroups[0].relevantTypes"),
    ],
)
def test_in_2_0_what_is_no_actor_with_a_part(context: dict[str, Any], path: str) -> None:
    assert refusal(V2, context=context).path == f"context.{path}"
