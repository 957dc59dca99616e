"""Statements are found by what they mention (1.0.3 Communication 2.1.3)."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from tests.lrs.http.tools import (
    ANA,
    ESSAY,
    EVA,
    LESSON,
    READ,
    REGISTRATION,
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

EVERYTHING = {
    "agent": ANA,
    "verb": READ,
    "activity": LESSON,
    "registration": REGISTRATION,
}
IN_CONTEXT = {"registration": REGISTRATION}


def same(found: list[str], *wanted: str) -> bool:
    return found == list(reversed(wanted))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "names", [names for count in (1, 2, 3, 4) for names in combinations(EVERYTHING, count)]
)
def test_filters_find_what_fits_all_of_them(version: str, names: tuple[str, ...]) -> None:
    tool = Tool(version)
    other = {
        "agent": {"actor": EVA},
        "verb": {"verb": {"id": WROTE}},
        "activity": {"object": {"id": ESSAY}},
        "registration": {"context": {"registration": new_id()}},
    }
    fits = statement(context=IN_CONTEXT)
    ids = tool.store(fits, *(fits | other[name] for name in EVERYTHING))
    wanted = [ids[0], *(id_ for name, id_ in zip(EVERYTHING, ids[1:], strict=True)
                        if name not in names)]  # fmt: skip
    assert same(tool.find(**{name: EVERYTHING[name] for name in names}), *wanted)


@pytest.mark.parametrize(
    "agent",
    [
        {"mbox": "mailto:eva@example.org"},
        {"mbox_sha1sum": "AB" * 20},
        {"openid": "https://example.org/eva"},
        {"account": {"homePage": "https://example.org", "name": "eva"}},
    ],
)
def test_an_agent_is_found_by_its_identifier_alone(tool: Tool, agent: dict[str, Any]) -> None:
    (id_, _) = tool.store(statement(actor=agent | {"name": "Eva"}), statement())
    assert tool.find(agent=agent | {"objectType": "Agent", "name": "E."}) == [id_]
    if "mbox_sha1sum" in agent:
        assert tool.find(agent={"mbox_sha1sum": "ab" * 20}) == [id_]


def test_an_agent_is_found_as_actor_as_object_and_within_a_group(tool: Tool) -> None:
    team = {"objectType": "Group", "account": EVA_S_TEAM, "member": [EVA, ANA]}
    ids = tool.store(
        statement(actor=EVA),
        statement(object=EVA),
        statement(actor=team),
        statement(object={"objectType": "Group", "member": [EVA]}),
        statement(),
    )
    assert same(tool.find(agent=EVA), *ids[:4])
    assert tool.find(agent={"objectType": "Group", "account": EVA_S_TEAM}) == [ids[2]]


EVA_S_TEAM = {"homePage": "https://example.org", "name": "team"}


def places_of_an_agent(version: str) -> Iterator[dict[str, Any]]:
    team = {"objectType": "Group", "member": [EVA]}
    yield statement(context={"instructor": EVA})
    yield statement(context={"team": team})
    yield statement(object=substatement(actor=EVA))
    yield statement(object=substatement(object=EVA))
    yield statement(object=substatement(context={"instructor": EVA}))
    if version == "2.0.0":
        yield statement(context={"contextAgents": [{"objectType": "contextAgent", "agent": EVA}]})
        yield statement(context={"contextGroups": [{"objectType": "contextGroup", "group": team}]})


@pytest.mark.parametrize("version", VERSIONS)
def test_related_agents_finds_an_agent_wherever_it_stands(version: str) -> None:
    tool = Tool(version)
    direct, *ids = tool.store(statement(actor=EVA), *places_of_an_agent(version), statement())
    assert tool.find(agent=EVA) == [direct]
    assert tool.find(agent=EVA, related_agents=False) == [direct]
    assert same(tool.find(agent=EVA, related_agents=True), direct, *ids[:-1])


def test_related_agents_finds_who_vouches_for_a_statement(tool: Tool) -> None:
    (mine,), _ = tool.store(statement()), Tool().store(statement())
    authority = tool.read(mine)["authority"]
    assert tool.find(agent=authority) == []
    assert tool.find(agent=authority, related_agents=True) == [mine]


@pytest.mark.parametrize("version", VERSIONS)
def test_related_activities_finds_an_activity_wherever_it_stands(version: str) -> None:
    tool = Tool(version)
    essay = [{"id": ESSAY}]
    around = [
        statement(context={"contextActivities": {kind: essay}})
        for kind in ("parent", "grouping", "category", "other")
    ]
    inner = {"contextActivities": {"other": essay}}
    direct, *ids = tool.store(
        statement(object={"id": ESSAY}),
        *around,
        statement(object=substatement(object={"id": ESSAY})),
        statement(object=substatement(context=inner)),
        statement(),
    )
    assert tool.find(activity=ESSAY) == [direct]
    assert tool.find(activity=ESSAY, related_activities=False) == [direct]
    assert same(tool.find(activity=ESSAY, related_activities=True), direct, *ids[:-1])


def test_one_activity_is_one_whatever_is_said_of_it(tool: Tool) -> None:
    told = [{"id": ESSAY, "definition": {"name": {"en": name}}} for name in ("Essay", "Exam")]
    (first,) = tool.store(statement(object=told[0]))
    (second,) = Tool().store(statement(object=told[1]))
    assert same(tool.find(activity=ESSAY), first, second)
    assert [tool.read(id_)["object"] for id_ in (first, second)] == told


def test_related_filters_narrow_each_other(tool: Tool) -> None:
    around = {"contextActivities": {"parent": [{"id": ESSAY}]}}
    both, _, _ = tool.store(
        statement(context={**around, "instructor": EVA}),
        statement(context=around),
        statement(context={"instructor": EVA}),
    )
    wide = {"related_agents": True, "related_activities": True}
    assert tool.find(agent=EVA, activity=ESSAY, **wide) == [both]
    assert tool.find(agent=EVA, activity=ESSAY, verb=READ, **wide) == [both]
    assert tool.find(agent=EVA, activity=ESSAY, verb=WROTE, **wide) == []
    assert tool.find(agent=EVA, activity=ESSAY, related_agents=True) == []


def test_a_registration_is_found_in_any_letters(tool: Tool) -> None:
    (id_,) = tool.store(statement(context={"registration": REGISTRATION.upper()}))
    assert tool.find(registration=REGISTRATION) == [id_]
    assert tool.find(registration=REGISTRATION.upper()) == [id_]


def test_names_that_differ_in_one_letter_are_others(tool: Tool) -> None:
    tool.store(statement())
    assert tool.find(verb=READ.upper()) == tool.find(activity=LESSON + "/") == []
    assert tool.find(agent={"account": ANA["account"] | {"name": "Ana"}}) == []  # type: ignore[operator]


@pytest.mark.parametrize(
    "params",
    [
        {"agent": "ana"},
        {"agent": "{}"},
        {"agent": '{"mbox": "mailto:ana@example.org", "mbox": "mailto:eva@example.org"}'},
        {"agent": {"objectType": "Group", "member": [ANA]}},
        {"verb": "read"},
        {"activity": "lesson"},
        {"registration": "1"},
        {"since": "yesterday"},
        {"until": "2026-02-30T00:00:00Z"},
        {"limit": "-1"},
        {"limit": "ten"},
        {"limit": "²"},
        {"limit": ""},
        {"ascending": "yes"},
        {"related_agents": "1"},
        {"related_activities": ""},
        {"format": "pretty"},
        {"attachments": "all"},
        {"after": "x"},
        {"Verb": READ},
        {"statementid": new_id()},
        {"other": "1"},
        {"statementId": "1"},
        {"statementId": ""},
        {"statementId": new_id(), "voidedStatementId": new_id()},
        {"statementId": new_id(), "verb": READ},
        {"voidedStatementId": new_id(), "limit": "1"},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(tool: Tool, params: dict[str, Any]) -> None:
    answer = tool.send("GET", STATEMENTS, **params)
    assert answer.status_code == 400
    assert refusal(answer)


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"agent": ANA},
        {"agent": ANA, "related_agents": True, "activity": LESSON, "related_activities": True},
        EVERYTHING,
    ],
)
def test_any_search_costs_one_query(
    tool: Tool, filters: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    tool.store(*(statement(context=IN_CONTEXT) for _ in range(3)))
    # On PostgreSQL one more asks how far the log is complete.
    with django_assert_max_num_queries(2):
        assert len(tool.find(**filters)) == 3
    id_ = tool.find(limit=1)[0]
    with django_assert_max_num_queries(2):
        tool.read(id_)
