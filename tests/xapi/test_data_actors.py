"""Who did it and who vouches for it (Data 2.4.2, 2.4.9)."""

from typing import Any

import pytest

from tests.xapi.test_data_examples import (
    BOTH,
    CLERK,
    COURT,
    JUDGE,
    PANEL,
    a_statement,
    refusal,
    without,
)
from xapi.data import Malformed, check_actor, check_statement

MAIL = {"mbox": "mailto:ana.petrovic@court.example"}
HASH = {"mbox_sha1sum": "0123456789abcdefABCDEF0123456789abcdef01"}
OPENID = {"openid": "https://id.example/ana"}
IDENTIFIERS = [MAIL, HASH, OPENID, JUDGE]


@BOTH
@pytest.mark.parametrize("identifier", IDENTIFIERS, ids=lambda one: min(one))
def test_2_4_2_1_one_identifier_makes_an_agent_and_a_group(
    identifier: dict[str, Any], version: str
) -> None:
    check_actor(identifier, version)
    check_actor({"objectType": "Agent", "name": "", **identifier}, version)
    check_actor({"objectType": "Group", **identifier}, version)
    check_actor({"objectType": "Group", **identifier, "member": [MAIL, HASH]}, version)


@BOTH
@pytest.mark.parametrize("one", IDENTIFIERS, ids=lambda one: min(one))
@pytest.mark.parametrize("other", IDENTIFIERS, ids=lambda one: min(one))
def test_2_4_2_1_two_identifiers_are_one_too_many(
    one: dict[str, Any], other: dict[str, Any], version: str
) -> None:
    if one is other:
        return
    assert "exactly one" in refusal(version, actor={**one, **other}).reason
    both = {"objectType": "Group", "member": [MAIL], **one, **other}
    assert "exactly one" in refusal(version, actor=both).reason


@BOTH
@pytest.mark.parametrize(
    ("actor", "path"),
    [
        ({}, "actor"),
        ({"name": "Ana"}, "actor"),
        ([], "actor"),
        ("mailto:ana@court.example", "actor"),
        ({**MAIL, "objectType": "agent"}, "actor.objectType"),
        ({**MAIL, "objectType": None}, "actor.objectType"),
        ({**MAIL, "objectType": {}}, "actor.objectType"),
        ({**MAIL, "objectType": "Activity"}, "actor.objectType"),
        ({**MAIL, "name": 7}, "actor.name"),
        ({**MAIL, "member": [MAIL]}, "actor.member"),
        ({"mbox": "ana@court.example"}, "actor.mbox"),
        ({"mbox": "mailto:ana.court.example"}, "actor.mbox"),
        ({"mbox": "mailto:ana@"}, "actor.mbox"),
        ({"mbox": "mailto:ana@court..example"}, "actor.mbox"),
        ({"mbox": "mailto:ana@b@court.example"}, "actor.mbox"),
        ({"mbox": "mailto:ana @court.example"}, "actor.mbox"),
        ({"mbox": "MAILTO:ana@court.example"}, "actor.mbox"),
        ({"mbox_sha1sum": "a" * 39}, "actor.mbox_sha1sum"),
        ({"mbox_sha1sum": "g" * 40}, "actor.mbox_sha1sum"),
        ({"mbox_sha1sum": 40}, "actor.mbox_sha1sum"),
        ({"openid": "id.example/ana"}, "actor.openid"),
        ({"account": "7f3a"}, "actor.account"),
        ({"account": {"name": "7f3a"}}, "actor.account"),
        ({"account": {"homePage": "https://training.example"}}, "actor.account"),
        ({"account": {**JUDGE["account"], "name": 7}}, "actor.account.name"),
        ({"account": {**JUDGE["account"], "homePage": "training"}}, "actor.account.homePage"),
        ({"account": {**JUDGE["account"], "homepage": "x:y"}}, "actor.account.homepage"),
    ],
)
def test_2_4_2_1_what_is_no_agent(actor: object, path: str, version: str) -> None:
    assert refusal(version, actor=actor).path == path


@BOTH
@pytest.mark.parametrize(
    ("group", "path"),
    [
        ({"objectType": "Group"}, "actor"),
        ({"objectType": "Group", "member": []}, "actor"),
        ({"objectType": "Group", "member": JUDGE}, "actor.member"),
        ({"objectType": "Group", "member": [JUDGE, {"name": "Ana"}]}, "actor.member[1]"),
        ({"objectType": "Group", "member": [PANEL]}, "actor.member[0].objectType"),
        ({**COURT, "member": [COURT]}, "actor.member[0].objectType"),
        ({**COURT, "member": None}, "actor.member"),
    ],
)
def test_2_4_2_2_what_is_no_group(group: dict[str, Any], path: str, version: str) -> None:
    assert refusal(version, actor=group).path == path


@BOTH
def test_a_query_asks_for_somebody_who_can_be_found(version: str) -> None:
    check_actor(without(COURT, "member"), version)
    with pytest.raises(Malformed, match="exactly one") as refused:
        check_actor(PANEL, version)
    assert refused.value.path == "agent"
    with pytest.raises(Malformed) as refused:
        check_actor({"mbox": "ana"}, version, "related.agent")
    assert refused.value.path == "related.agent.mbox"


@BOTH
def test_2_4_9_an_agent_or_two_vouch_for_a_statement(version: str) -> None:
    for authority in (JUDGE, CLERK, {"objectType": "Group", "member": [JUDGE, MAIL]}):
        check_statement(a_statement(authority=authority), version)


@BOTH
@pytest.mark.parametrize(
    "authority",
    [
        {"objectType": "Group", "member": [JUDGE]},
        {"objectType": "Group", "member": [JUDGE, MAIL, HASH]},
        {"objectType": "Group", "member": [HASH, MAIL]},
        {"objectType": "Group", **MAIL, "member": [JUDGE, HASH]},
        {"objectType": "Group", **MAIL},
        {"name": "Nobody"},
    ],
)
def test_2_4_9_nobody_else_vouches(authority: dict[str, Any], version: str) -> None:
    assert refusal(version, authority=authority).path == "authority"
