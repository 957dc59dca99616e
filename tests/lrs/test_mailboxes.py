"""E-mail addresses in what is sent here: kept, refused, or replaced by an opaque account."""

import json
from datetime import datetime
from hashlib import sha1
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from config.checks import privacy_of_the_log_is_understood
from lrs import actors
from lrs.actors import PSEUDONYM_HOME, privately
from lrs.models import AgentName, Document, PseudonymKey, Statement
from lrs.refusals import Refusal
from people.actors import actor_id
from people.models import User
from tests.lrs.credentials import credential
from tests.lrs.senders import BOOK, READ, has_read, send, sender
from xapi.data.attachments import SIGNATURE
from xapi.iris import ACTOR_HOME

pytestmark = pytest.mark.django_db
MILA = {"mbox": "mailto:Mila@example.org"}
MILA_SUM = {"mbox_sha1sum": sha1(b"mailto:mila@example.org", usedforsecurity=False).hexdigest()}
STATE = "/xapi/activities/state"


@pytest.fixture
def mapping(settings: Any) -> None:
    settings.LRS_MAILBOXES = "map"


@pytest.fixture
def refusing(settings: Any) -> None:
    settings.LRS_MAILBOXES = "refuse"


def kept(statement: dict[str, Any]) -> dict[str, Any]:
    (found,) = privately([statement])
    return found


def pseudonym(agent: dict[str, Any]) -> dict[str, Any]:
    actor: dict[str, Any] = kept(has_read(actor=agent))["actor"]
    assert actor["account"]["homePage"] == PSEUDONYM_HOME
    return actor


def everybody(agent: dict[str, Any], version: str = "1.0.3") -> dict[str, Any]:
    """A statement with an agent in every place that may hold one."""
    group = {"objectType": "Group", "member": [agent], "name": "Readers"}
    context: dict[str, Any] = {"instructor": agent, "team": group}
    if version == "2.0.0":
        context["contextAgents"] = [{"objectType": "contextAgent", "agent": agent}]
        context["contextGroups"] = [{"objectType": "contextGroup", "group": group}]
    inner = {
        "objectType": "SubStatement",
        "actor": group,
        "verb": {"id": READ},
        "object": {"objectType": "Agent", **agent},
        "context": context,
    }
    return has_read(actor=group, object=inner, context=context)


def test_what_is_sent_is_kept_unless_the_site_says_otherwise(at: datetime) -> None:
    send(sender(), has_read(actor=MILA), at=at)
    assert json.loads(Statement.objects.get().body)["actor"] == MILA


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_no_address_is_stored_wherever_it_stands(mapping: None, version: str, at: datetime) -> None:
    send(sender(), everybody(MILA | {"name": "Mila"}, version), at=at, version=version)
    body = Statement.objects.get().body
    assert "mila" not in body.lower()
    assert body.count(PSEUDONYM_HOME) == {"1.0.3": 7, "2.0.0": 11}[version]
    assert '"Readers"' in body
    assert not AgentName.objects.exists()


def test_a_member_of_this_site_is_known_by_the_opaque_id(
    mapping: None, learner: User, at: datetime
) -> None:
    send(sender(), has_read(actor={"mbox": f"mailto:{learner.email.upper()}"}), at=at)
    row = Statement.objects.get()
    account = {"homePage": ACTOR_HOME, "name": str(actor_id(learner))}
    assert json.loads(row.body)["actor"] == {"account": account}
    assert row.actor == actor_id(learner)


def test_a_stranger_is_always_the_same_and_nobody_else(mapping: None, settings: Any) -> None:
    one = pseudonym(MILA)
    settings.SECRET_KEY = "another-key-" + "y" * 50
    assert pseudonym({"mbox": "mailto:mila@example.org"}) == one
    assert pseudonym(MILA_SUM) == one
    assert pseudonym({"mbox": "mailto:ana@example.org"}) != one
    PseudonymKey.objects.all().delete()
    assert pseudonym(MILA) != one


def test_who_has_an_account_already_keeps_it_and_the_name(mapping: None) -> None:
    ana = {"account": {"homePage": "https://example.org", "name": "ana"}, "name": "Ana"}
    assert kept(everybody(ana)) == everybody(ana)


def test_what_is_given_stays_as_it_is(mapping: None) -> None:
    given = everybody(MILA)
    before = json.dumps(given)
    assert kept(given) != given
    assert json.dumps(given) == before


def test_each_address_of_a_batch_is_looked_up_once(
    mapping: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    found = uuid4()

    def resolve(address: str) -> UUID:
        asked.append(address)
        return found

    monkeypatch.setattr(actors, "_resolvers", [resolve])
    statements = privately([everybody(MILA), has_read(actor=MILA)])
    assert asked == ["mila@example.org"]
    assert statements[1]["actor"]["account"]["name"] == str(found)


def test_a_signed_statement_is_not_changed_behind_its_signature(mapping: None) -> None:
    signature = {
        "usageType": SIGNATURE,
        "display": {"en": "Signature"},
        "contentType": "application/octet-stream",
        "length": 1,
        "sha2": "0" * 64,
    }
    with pytest.raises(Refusal, match="a signed statement"):
        kept(has_read(actor=MILA, attachments=[signature]))
    unnamed = has_read(attachments=[signature])
    assert kept(unnamed) == unnamed


@pytest.mark.parametrize("agent", [MILA, MILA_SUM])
def test_an_address_is_refused_with_a_way_out(
    refusing: None, client: Client, agent: dict[str, Any]
) -> None:
    _, headers = credential()
    asked = {"agent": json.dumps(agent)}
    state = {**asked, "activityId": BOOK["id"], "stateId": "page"}
    answers = [
        client.post(
            "/xapi/statements", everybody(agent), content_type="application/json", headers=headers
        ),
        client.get("/xapi/statements", asked, headers=headers),
        client.put(STATE, "12", content_type="text/plain", query_params=state, headers=headers),
        client.get("/xapi/agents", asked, headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [400] * 4
    for answer in answers:
        assert "this store takes no e-mail addresses" in answer.json()["error"]
    assert not Statement.objects.exists()
    assert not Document.objects.exists()


def test_who_knows_only_the_address_finds_what_was_sent(
    mapping: None, client: Client, learner: User, at: datetime
) -> None:
    _, headers = credential()
    address = {"mbox": f"mailto:{learner.email}"}
    send(sender(), has_read(actor=address), has_read(actor=MILA), at=at)
    for agent in (address, MILA, MILA_SUM):
        found = client.get("/xapi/statements", {"agent": json.dumps(agent)}, headers=headers)
        assert len(found.json()["statements"]) == 1


def test_documents_belong_to_whom_the_address_means(
    mapping: None, client: Client, learner: User
) -> None:
    _, headers = credential()
    account = {"account": {"homePage": ACTOR_HOME, "name": str(actor_id(learner))}}
    address = {"mbox": f"mailto:{learner.email}"}
    asked = {"activityId": BOOK["id"], "stateId": "page", "agent": json.dumps(address)}
    client.put(STATE, "12", content_type="text/plain", query_params=asked, headers=headers)
    found = client.get(STATE, asked | {"agent": json.dumps(account)}, headers=headers)
    assert found.content == b"12"


def test_the_person_who_is_asked_for_is_described_as_asked(mapping: None, client: Client) -> None:
    _, headers = credential()
    found = client.get("/xapi/agents", {"agent": json.dumps(MILA)}, headers=headers)
    assert found.json() == {"objectType": "Person", "mbox": [MILA["mbox"]]}


def test_a_credential_for_one_address_is_for_the_person_behind_it(
    mapping: None, client: Client
) -> None:
    _, headers = credential(agent=MILA)
    said = [
        client.post(
            "/xapi/statements",
            has_read(actor=actor),
            content_type="application/json",
            headers=headers,
        ).status_code
        for actor in (MILA, {"mbox": "mailto:ana@example.org"})
    ]
    assert said == [200, 403]


def test_a_site_does_not_start_with_a_word_that_is_none(settings: Any) -> None:
    settings.LRS_MAILBOXES = "kept"
    (error,) = privacy_of_the_log_is_understood()
    assert "keep, refuse, map" in (error.hint or "")
