"""What statements say of agents and activities is gathered, and told to who asks."""

import json
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lrs import dictionary
from lrs.dictionary import definition_of, definitions_of, learn, names_of
from lrs.models import ActivityDefinition, AgentName
from tests.lrs.credentials import credential
from xapi.mentions import ACTIVITY, AGENT, agent_identifier, key

pytestmark = pytest.mark.django_db

VERSIONS = ["1.0.3", "2.0.0"]
LESSON = "https://example.org/lesson"
VERB = {"id": "http://adlnet.gov/expapi/verbs/completed"}
ANA = {"account": {"homePage": "https://example.org", "name": "ana"}}
MEETING = "http://adlnet.gov/expapi/activities/meeting"


def statement(definition: dict[str, Any] | None = None, /, **changes: Any) -> dict[str, Any]:
    activity = {"id": LESSON} if definition is None else {"id": LESSON, "definition": definition}
    return {"actor": ANA, "verb": VERB, "object": activity} | changes


def ask(resource: str, version: str = "1.0.3", scopes: Any = ("all",), **params: Any) -> Any:
    _, headers = credential(version=version, scopes=list(scopes))
    query = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in params.items()
    }
    return Client().get(f"/xapi/{resource}", query, headers=headers)


def agent_key(agent: dict[str, Any]) -> int:
    return key(AGENT, agent_identifier(agent) or "")


# --- activities -------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_an_activity_is_told_with_all_that_was_said_of_it(version: str) -> None:
    definition = {
        "type": MEETING,
        "name": {"en": "Meeting", "sr": "Састанак"},
        "extensions": {"https://example.org/where": {"room": [1, None]}},
    }
    learn([statement(definition)])

    answer = ask("activities", version, activityId=LESSON)

    assert answer.status_code == 200
    assert answer.json() == {"objectType": "Activity", "id": LESSON, "definition": definition}


@pytest.mark.parametrize("version", VERSIONS)
def test_an_activity_that_nobody_spoke_of_is_told_bare(version: str) -> None:
    answer = ask("activities", version, activityId=LESSON)

    assert answer.status_code == 200
    assert answer.json() == {"objectType": "Activity", "id": LESSON}


def test_translations_are_gathered_and_the_rest_is_what_was_said_last() -> None:
    learn([statement({"type": MEETING, "name": {"en": "Meeting"}, "moreInfo": LESSON})])
    learn([statement({"type": LESSON, "name": {"sr": "Састанак"}})])
    learn([statement({"name": {"en": "The meeting"}, "description": {"en": "Of all"}})])

    assert definition_of(LESSON) == {
        "type": LESSON,
        "name": {"en": "The meeting", "sr": "Састанак"},
        "description": {"en": "Of all"},
        "moreInfo": LESSON,
    }


def test_a_batch_is_learnt_in_its_order() -> None:
    learn([statement({"name": {"en": "A"}}), statement({"name": {"en": "B", "sr": "Б"}})])

    assert definition_of(LESSON) == {"name": {"en": "B", "sr": "Б"}}


def test_saying_in_a_batch_what_is_known_takes_back_what_came_before_it() -> None:
    learn([statement({"name": {"en": "A"}})])
    learn([statement({"name": {"en": "B"}}), statement({"name": {"en": "A"}})])

    assert definition_of(LESSON) == {"name": {"en": "A"}}


def test_activities_are_found_wherever_a_statement_has_them() -> None:
    def spoken(name: str) -> dict[str, Any]:
        return {"id": f"{LESSON}/{name}", "definition": {"name": {"en": name}}}

    learn(
        [
            statement(
                object={
                    "objectType": "SubStatement",
                    "actor": ANA,
                    "verb": VERB,
                    "object": spoken("planned"),
                    "context": {"contextActivities": {"other": [spoken("inner")]}},
                },
                context={"contextActivities": {"parent": spoken("parent")}},
            )
        ]
    )

    for name in ("planned", "inner", "parent"):
        assert definition_of(f"{LESSON}/{name}") == {"name": {"en": name}}


def test_many_activities_are_looked_up_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    bodies = [
        statement(object={"id": f"{LESSON}/{n}", "definition": {"name": {"en": f"{n}"}}})
        for n in range(3)
    ]
    learn(bodies)

    with django_assert_num_queries(1):
        found = definitions_of([f"{LESSON}/{n}" for n in range(4)])

    assert found == {f"{LESSON}/{n}": {"name": {"en": f"{n}"}} for n in range(3)}
    assert definitions_of([]) == {}


def test_what_is_known_costs_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    english = statement({"name": {"en": "Lesson"}}, actor=ANA | {"name": "Ana"})
    serbian = statement({"name": {"sr": "Лекција"}}, actor=ANA | {"name": "Ана"})
    learn([english, serbian])

    with django_assert_num_queries(0):
        learn([serbian, english, statement()])


def test_another_process_asks_but_does_not_write(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    known = statement({"name": {"en": "Lesson"}}, actor=ANA | {"name": "Ana"})
    learn([known])
    dictionary.forget()

    with django_assert_num_queries(2) as queries:
        learn([known])

    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_what_another_process_learnt_meanwhile_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    learn([statement({"name": {"en": "Lesson"}})])
    dictionary.forget()
    write = dictionary._missed

    def late(told: Any, known: dict[int, str]) -> Any:
        """Let another process write after we looked, once."""
        monkeypatch.setattr(dictionary, "_missed", write)
        theirs = json.dumps({"name": {"en": "Lesson", "de": "Lektion"}})
        ActivityDefinition.objects.filter(key__in=known).update(definition=theirs)
        return write(told, known)

    monkeypatch.setattr(dictionary, "_missed", late)
    learn([statement({"name": {"sr": "Лекција"}})])

    assert definition_of(LESSON) == {"name": {"en": "Lesson", "de": "Lektion", "sr": "Лекција"}}


def test_what_another_process_learnt_first_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    write = dictionary._missed

    def late(told: Any, known: dict[int, str]) -> Any:
        """Let another process create the row after we looked, once."""
        monkeypatch.setattr(dictionary, "_missed", write)
        ActivityDefinition.objects.create(
            key=key(ACTIVITY, LESSON), id=LESSON, definition='{"name": {"de": "Lektion"}}'
        )
        return write(told, known)

    monkeypatch.setattr(dictionary, "_missed", late)
    learn([statement({"name": {"sr": "Лекција"}})])

    assert definition_of(LESSON) == {"name": {"de": "Lektion", "sr": "Лекција"}}


def test_a_database_out_of_order_does_not_undo_what_was_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*anything: Any) -> int:
        raise DatabaseError

    monkeypatch.setattr(dictionary, "_insert", broken)
    learn([statement({"name": {"en": "Lesson"}}, actor=ANA | {"name": "Ana"})])
    monkeypatch.undo()
    learn([statement({"name": {"en": "Lesson"}}, actor=ANA | {"name": "Ana"})])

    assert definition_of(LESSON) == {"name": {"en": "Lesson"}}
    assert names_of(agent_key(ANA)) == ["Ana"]


@pytest.mark.parametrize("params", [{}, {"activityId": "true"}, {"activityId": LESSON, "x": "1"}])
def test_a_question_for_an_activity_must_be_one(params: dict[str, str]) -> None:
    assert ask("activities", **params).status_code == 400


# --- agents -----------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("mbox", "mailto:ana@example.org"),
        ("mbox_sha1sum", "a" * 40),
        ("openid", "https://ana.example.org/"),
        ("account", {"homePage": "https://example.org", "name": "ana"}),
    ],
)
def test_a_person_has_lists_of_everything(version: str, name: str, identifier: Any) -> None:
    agent = {name: identifier}
    learn([statement(actor=agent | {"name": "Ana"}), statement(actor=agent | {"name": "Ана"})])

    answer = ask("agents", version, agent=agent)

    assert answer.status_code == 200
    assert answer.json() == {
        "objectType": "Person",
        "name": ["Ana", "Ана"],
        name: [identifier],
    }


def test_a_person_whom_nobody_mentioned_is_who_was_asked_for() -> None:
    assert ask("agents", agent=ANA).json() == {"objectType": "Person", "account": [ANA["account"]]}
    assert ask("agents", agent=ANA | {"name": "Ana"}).json()["name"] == ["Ana"]


def test_names_are_found_wherever_a_statement_has_them() -> None:
    def somebody(name: str) -> dict[str, Any]:
        return {"name": name, "mbox": f"mailto:{name}@example.org"}

    body = statement(
        actor={"objectType": "Group", "name": "All", "member": [somebody("one")]},
        object={"objectType": "Agent", **somebody("two")},
        context={"instructor": somebody("three")},
    )
    learn([body])

    for name in ("one", "two", "three"):
        assert names_of(agent_key(somebody(name))) == [name]
    assert AgentName.objects.count() == 3


@pytest.mark.parametrize("name", ["\0", "\ud800", "a" * 2001])
def test_a_name_that_no_database_can_keep_is_passed_over(name: str) -> None:
    learn([statement({"name": {"en": "\0 \ud800"}}, actor=ANA | {"name": name})])

    assert names_of(agent_key(ANA)) == []
    assert definition_of(LESSON) == {"name": {"en": "\0 \ud800"}}


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"agent": "not JSON"},
        {"agent": {"name": "nobody"}},
        {"agent": {"objectType": "Group", "mbox": "mailto:all@example.org"}},
        {"agent": ANA, "x": "1"},
    ],
)
def test_a_question_for_an_agent_must_be_one(params: dict[str, Any]) -> None:
    assert ask("agents", **params).status_code == 400


# --- who may ask ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "activity", "agent"),
    [
        ("all/read", 200, 200),
        ("statements/read", 200, 200),
        ("statements/read/mine", 200, 403),
        ("profile", 200, 200),
        ("state", 200, 403),
        ("statements/write", 403, 403),
    ],
)
def test_who_may_ask(scope: str, activity: int, agent: int) -> None:
    assert ask("activities", scopes=[scope], activityId=LESSON).status_code == activity
    assert ask("agents", scopes=[scope], agent=ANA).status_code == agent


@pytest.mark.parametrize("resource", ["activities", "agents", "about"])
def test_these_resources_are_for_reading(resource: str) -> None:
    _, headers = credential()

    assert Client().post(f"/xapi/{resource}", headers=headers).status_code == 405


# --- about ------------------------------------------------------------------------------------


def test_anybody_may_ask_which_versions_are_spoken() -> None:
    answer = Client().get("/xapi/about")

    assert answer.status_code == 200
    assert answer.json() == {"version": ["1.0.3", "2.0.0"]}
    assert Client().head("/xapi/about").content == b""
    assert Client().get("/xapi/about", {"x": "1"}).status_code == 400


@pytest.mark.parametrize("named", ["1.0.3", "2.0.0", "0.95", "3.0", "x"])
def test_about_is_told_to_whoever_speaks_another_version(named: str) -> None:
    answer = Client().get("/xapi/about", headers={"X-Experience-API-Version": named})

    assert answer.status_code == 200
    assert answer.json() == {"version": ["1.0.3", "2.0.0"]}


def test_a_mount_of_one_version_names_that_one() -> None:
    assert Client().get("/xapi/1.0.3/about").json() == {"version": ["1.0.3"]}
    assert Client().get("/xapi/2.0/about").json() == {"version": ["2.0.0"]}
