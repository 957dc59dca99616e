"""What a credential opens, and what not (1.0.3 Communication 4.2), and whose word counts."""

from typing import Any
from uuid import UUID

import pytest

from courses.models import ActivityProgress, Enrolment, ModuleProgress
from lrs.log import record
from lrs.rebuilding import differences
from lrs.refusals import Conflict
from tests.factories.courses import SmallCourse
from tests.lrs.http.tools import (
    ANA,
    EVA,
    LESSON,
    READ,
    REGISTRATION,
    STATEMENTS,
    Tool,
    about,
    new_id,
    statement,
)
from tests.xapi.examples import AT, examples
from xapi import types, verbs
from xapi.iris import ACTOR_HOME, activity_iri

pytestmark = pytest.mark.django_db

SCOPES: dict[str, dict[str, bool]] = {
    "statements/write": {"writes": True, "reads": False},
    "statements/read": {"writes": False, "reads": True},
    "statements/read/mine": {"writes": False, "reads": True},
    "all/read": {"writes": False, "reads": True},
    "all": {"writes": True, "reads": True},
    "state": {"writes": False, "reads": False},
    "profile": {"writes": False, "reads": False},
    "define": {"writes": False, "reads": False},
}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_what_it_names(db: None, scope: str) -> None:
    tool = Tool(scopes=[scope])
    put = tool.send("PUT", STATEMENTS, statement(), statementId=new_id())
    post = tool.send("POST", STATEMENTS, statement())
    get, head = tool.send("GET"), tool.send("HEAD")
    assert put.status_code == (204 if SCOPES[scope]["writes"] else 403)
    assert post.status_code == (200 if SCOPES[scope]["writes"] else 403)
    assert get.status_code == head.status_code == (200 if SCOPES[scope]["reads"] else 403)


def test_a_credential_without_scopes_opens_nothing(db: None) -> None:
    tool = Tool(scopes=[])
    assert tool.send("GET").status_code == 403
    assert tool.send("POST", STATEMENTS, statement()).status_code == 403


def test_who_reads_their_own_sees_nothing_of_others(db: None) -> None:
    other, mine = Tool(), Tool(scopes=["statements/write", "statements/read/mine"])
    (theirs,), (ours,) = other.store(statement()), mine.store(statement())
    (comment,) = other.store(about(ours))
    (event,) = record([examples()["passed"]], at=AT)
    for filters in ({}, {"verb": READ}, {"agent": ANA, "related_agents": True}):
        assert mine.find(**filters) == [ours]
    for hidden in (theirs, comment, str(event.id)):
        assert not mine.sees(hidden)
    other.void(theirs)
    assert not mine.sees(theirs, "voidedStatementId")
    assert len(Tool(scopes=["all/read"]).find()) == 4


def test_only_who_may_define_tells_what_an_activity_is(db: None) -> None:
    told = {"id": LESSON, "definition": {"name": {"en": "Lesson"}}}
    writer, definer = Tool(scopes=["statements/write"]), Tool(scopes=["statements/write", "define"])
    writer.store(statement(object=told))
    reader = Tool(scopes=["all/read"])
    asked = {"activityId": LESSON}
    assert "definition" not in reader.send("GET", "/xapi/activities", **asked).json()
    definer.store(statement(object=told))
    found = reader.send("GET", "/xapi/activities", **asked).json()
    assert found["definition"] == told["definition"]


# --- bounds -----------------------------------------------------------------------------------

INSIDE = statement(context={"registration": REGISTRATION})
BOUNDS: dict[str, dict[str, Any]] = {
    "registration": {"registration": UUID(REGISTRATION)},
    "agent": {"agent": ANA},
    "activity": {"activity_prefix": "https://example.org/course/"},
}
OUTSIDE: dict[str, list[dict[str, Any]]] = {
    "registration": [{"context": {"registration": new_id()}}, {"context": {}}],
    "agent": [{"actor": EVA}, {"actor": {"objectType": "Group", "member": [ANA]}}],
    "activity": [{"object": {"id": "https://example.org/other"}}, {"object": ANA}],
}


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_bound_credential_stays_within_its_bounds(db: None, bound: str) -> None:
    tool, other = Tool(**BOUNDS[bound]), Tool()
    (mine,) = tool.store(INSIDE)
    for change in OUTSIDE[bound]:
        assert tool.send("POST", STATEMENTS, INSIDE | change).status_code == 403
        assert tool.send("POST", STATEMENTS, [INSIDE, INSIDE | change]).status_code == 403
    # Ana is in the group, so that what it did is hers to read, but not to say.
    beyond = OUTSIDE[bound][:1] if bound == "agent" else OUTSIDE[bound]
    hidden = other.store(*(INSIDE | change for change in beyond))
    asked = {"activity": LESSON} if bound == "activity" else {}
    assert tool.find(**asked) == [mine]
    assert tool.sees(mine)
    assert not any(tool.sees(id_) for id_ in hidden)


def test_a_credential_bound_to_activities_has_to_name_one(db: None) -> None:
    tool = Tool(**BOUNDS["activity"])
    assert tool.send("GET").status_code == 403
    assert tool.send("GET", activity="https://example.org/other").status_code == 403


def test_a_bound_credential_takes_nothing_back(db: None) -> None:
    tool = Tool(**BOUNDS["agent"])
    (mine,) = tool.store(statement())
    assert tool.void(mine, actor=ANA).status_code == 403
    assert tool.sees(mine)


def test_all_bounds_together_let_in_what_fits_all_of_them(db: None) -> None:
    everything = {name: value for bound in BOUNDS.values() for name, value in bound.items()}
    tool = Tool(**everything)
    (mine,) = tool.store(INSIDE)
    for changes in OUTSIDE.values():
        assert tool.send("POST", STATEMENTS, INSIDE | changes[0]).status_code == 403
    assert tool.sees(mine)
    assert tool.find(activity=LESSON) == [mine]
    assert tool.find(activity=LESSON, agent=EVA) == []


# --- whose word counts ------------------------------------------------------------------------


def test_what_a_client_says_moves_no_progress(
    tool: Tool, course: SmallCourse, enrolment: Enrolment
) -> None:
    """Not even with the learner's id, our verbs, our activities and the enrolment itself."""
    before = shown()
    actor = {"account": {"homePage": ACTOR_HOME, "name": str(enrolment.actor)}}
    context = {"registration": str(enrolment.registration)}
    wholes = [course.course, *course.lessons, *course.quizzes]
    claims = [
        statement(
            actor=actor,
            verb={"id": verb.id},
            object={"id": activity_iri(page.translation_key), "definition": {"type": types.LESSON}},
            context=context,
            result={"success": True, "completion": True, "score": {"scaled": 1}},
        )
        for page in wholes
        for verb in (verbs.COMPLETED, verbs.PASSED, verbs.SATISFIED, verbs.PROGRESSED)
    ]
    tool.store(*claims)
    assert shown() == before
    assert list(differences()) == []


def shown() -> list[Any]:
    """Return everything that is shown about learners."""
    tables = (Enrolment, ModuleProgress, ActivityProgress)
    return [row for table in tables for row in table.objects.order_by("pk").values()]


def test_an_id_that_this_site_will_use_is_never_taken_in_silence(tool: Tool) -> None:
    passed = examples()["passed"]
    same = {"id": str(passed.id), "actor": EVA}
    tool.store(statement(**same))
    with pytest.raises(Conflict):
        record([passed], at=AT)


def test_not_even_with_the_very_words_of_this_site(tool: Tool) -> None:
    passed = examples()["passed"]
    words = tool.send("POST", STATEMENTS, passed.to_json().encode())
    assert words.status_code == 200
    with pytest.raises(Conflict):
        record([passed], at=AT)


def test_what_this_site_recorded_is_not_overwritten(tool: Tool) -> None:
    (event,) = record([examples()["passed"]], at=AT)
    before = tool.read(str(event.id))
    other = statement(id=str(event.id))
    assert tool.send("POST", STATEMENTS, other).status_code == 409
    assert tool.store(before) == [str(event.id)]
    assert tool.read(str(event.id)) == before
    assert before["authority"]["account"]["name"] == "server"
