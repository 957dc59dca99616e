"""Launched content reaches what belongs to its learner, and nothing else."""

from typing import Any
from uuid import UUID

import pytest

from lrs.access import Holder
from lrs.bounds import check_document, check_statement, narrow
from lrs.refusals import Forbidden
from xapi.mentions import AGENT, REGISTRATION, agent_identifier, key, mentions
from xapi.verbs import COMPLETED, VOIDED

REGISTRATION_ID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"
OTHER_ID = "7ba7b810-9dad-41d1-80b4-00c04fd430c8"
LESSON, OTHER = "https://example.org/course/1/lesson", "https://example.org/course/2"
ANA = {"objectType": "Agent", "account": {"homePage": "https://example.org", "name": "ana"}}
EVA = {"objectType": "Agent", "account": {"homePage": "https://example.org", "name": "eva"}}
ANA_KEY, EVA_KEY = (key(AGENT, agent_identifier(who) or "") for who in (ANA, EVA))


def holder(**bounds: Any) -> Holder:
    return Holder(credential=1, name="launch", key="lrs_x", scopes=frozenset(["all"]), **bounds)


FREE = holder()
OF_REGISTRATION = holder(registration=UUID(REGISTRATION_ID))
OF_ANA = holder(agent=ANA_KEY)
OF_COURSE = holder(activity_prefix="https://example.org/course/1/")
LAUNCHED = holder(
    registration=UUID(REGISTRATION_ID),
    agent=ANA_KEY,
    activity_prefix="https://example.org/course/1/",
)
EVERYBODY = (FREE, OF_REGISTRATION, OF_ANA, OF_COURSE, LAUNCHED)


def said(
    actor: dict[str, Any] = ANA,
    activity: str = LESSON,
    registration: str | None = REGISTRATION_ID,
    context: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    context = {"registration": registration, **(context or {})} if registration else context or {}
    return {
        "actor": actor,
        "verb": {"id": COMPLETED.id},
        "object": {"id": activity},
        **({"context": context} if context else {}),
        **more,
    }


def lets(who: Holder, body: dict[str, Any]) -> bool:
    try:
        check_statement(who, body)
    except Forbidden:
        return False
    return True


def test_what_lies_within_every_bound_passes() -> None:
    assert all(lets(who, said()) for who in EVERYBODY)
    assert lets(LAUNCHED, said(registration=REGISTRATION_ID.upper()))
    named = {**ANA, "name": "Ana"}
    assert lets(LAUNCHED, said(actor=named))


@pytest.mark.parametrize(
    ("body", "refused_to"),
    [
        (said(registration=OTHER_ID), OF_REGISTRATION),
        (said(registration=None), OF_REGISTRATION),
        (said(actor=EVA), OF_ANA),
        (said(actor={"objectType": "Group", "member": [ANA]}), OF_ANA),
        (said(actor={"mbox": "mailto:ana@example.org"}), OF_ANA),
        (said(activity=OTHER), OF_COURSE),
        (said(activity="https://example.org/course/1"), OF_COURSE),
        (said(activity="HTTPS://example.org/course/1/lesson"), OF_COURSE),
        (said(object=EVA), OF_COURSE),
        (said(object={"objectType": "StatementRef", "id": OTHER_ID}), OF_COURSE),
        (said(object={"objectType": "SubStatement", **said()}), OF_COURSE),
        (
            said(activity=OTHER, context={"contextActivities": {"other": [{"id": LESSON}]}}),
            OF_COURSE,
        ),
    ],
)
def test_what_lies_outside_one_bound_is_refused(body: dict[str, Any], refused_to: Holder) -> None:
    assert {who for who in EVERYBODY if not lets(who, body)} == {refused_to, LAUNCHED}


@pytest.mark.parametrize("place", ["parent", "grouping"])
@pytest.mark.parametrize("many", [True, False])
def test_an_activity_belongs_to_what_it_is_part_of(place: str, many: bool) -> None:
    """A single activity instead of a list is the older form (1.0.3 Data 2.4.6.2)."""
    parent = {"id": LESSON}
    found: Any = [{"id": OTHER}, parent] if many else parent
    body = said(activity=OTHER, context={"contextActivities": {place: found}})
    assert lets(LAUNCHED, body)


def test_a_bound_credential_takes_nothing_back() -> None:
    voids = said(
        verb={"id": VOIDED.id},
        object={"objectType": "StatementRef", "id": OTHER_ID},
        context={"contextActivities": {"parent": [{"id": LESSON}]}},
    )
    assert [who for who in EVERYBODY if lets(who, voids)] == [FREE]


@pytest.mark.parametrize(
    ("who", "activity", "agent", "registration", "passes"),
    [
        # State: an activity, an agent, perhaps a registration.
        (FREE, OTHER, EVA_KEY, None, True),
        (LAUNCHED, LESSON, ANA_KEY, REGISTRATION_ID, True),
        (LAUNCHED, LESSON, ANA_KEY, REGISTRATION_ID.upper(), True),
        (LAUNCHED, LESSON, ANA_KEY, OTHER_ID, False),
        (LAUNCHED, LESSON, ANA_KEY, None, False),
        (LAUNCHED, LESSON, EVA_KEY, REGISTRATION_ID, False),
        (LAUNCHED, OTHER, ANA_KEY, REGISTRATION_ID, False),
        (OF_REGISTRATION, OTHER, EVA_KEY, REGISTRATION_ID, True),
        (OF_REGISTRATION, OTHER, EVA_KEY, "", False),
        # Activity profile.
        (LAUNCHED, LESSON, None, None, True),
        (LAUNCHED, OTHER, None, None, False),
        (LAUNCHED, "", None, None, False),
        # Agent profile.
        (LAUNCHED, None, ANA_KEY, None, True),
        (LAUNCHED, None, EVA_KEY, None, False),
    ],
)
def test_documents(
    who: Holder, activity: str | None, agent: int | None, registration: str | None, passes: bool
) -> None:
    try:
        check_document(who, activity=activity, agent=agent, registration=registration)
    except Forbidden:
        assert not passes
    else:
        assert passes


def test_a_reader_finds_what_mentions_its_bounds() -> None:
    assert narrow(FREE, None) == ()
    assert narrow(OF_ANA, None) == (ANA_KEY,)
    assert narrow(OF_REGISTRATION, OTHER) == (key(REGISTRATION, REGISTRATION_ID),)
    keys = narrow(LAUNCHED, LESSON)
    assert keys == (ANA_KEY, key(REGISTRATION, REGISTRATION_ID))
    assert all(mentions(said())[one] for one in keys)


@pytest.mark.parametrize("activity", [None, "", OTHER, "https://example.org/course/1"])
def test_a_reader_of_some_activities_names_one_of_them(activity: str | None) -> None:
    for who in (OF_COURSE, LAUNCHED):
        with pytest.raises(Forbidden, match=r"below https://example\.org/course/1/"):
            narrow(who, activity)
