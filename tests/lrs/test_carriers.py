"""What is forwarded arrives in another store as it was: here this very store, served over HTTP."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from lrs.attachments import keep
from lrs.entries import Entry
from lrs.forwarding import targets
from lrs.forwarding.carriers import Courier, PlainCarrier, TincanCarrier
from lrs.forwarding.delivery import deliver_due
from lrs.forwarding.letters import dead_letters
from lrs.forwarding.line import Line
from lrs.forwarding.outcomes import Refused, Troubled, Unreachable, judge
from lrs.forwarding.parcels import Parcel
from lrs.log import record, write
from lrs.models import Credential, Forwarding, Statement
from tests.lrs.credentials import credential
from xapi import statements, types
from xapi.data import V1, V2

SERVED = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("_put_back"),
]


def ours(at: datetime) -> dict[str, Any]:
    """Return a statement as this site records it."""
    who = {"actor": uuid4(), "course": uuid4(), "registration": uuid4(), "at": at}
    begun = statements.initialized(**who, key=uuid4(), type_=types.LESSON)
    body: dict[str, Any] = json.loads(begun.to_json())
    return body


def theirs(**more: Any) -> dict[str, Any]:
    """Return a statement as some other tool writes it."""
    return {
        "id": str(uuid4()),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": "https://example.org", "name": "Ђорђе"},
        },
        "verb": {"id": "https://example.org/verbs/saw", "display": {"en": "saw"}},
        "object": {"objectType": "Activity", "id": "https://example.org/film"},
        "timestamp": "2026-11-24T09:00:00.123456Z",
        **more,
    }


def parcel(body: dict[str, Any]) -> Parcel:
    """Return a statement that is in no log here."""
    text = json.dumps(body | {"stored": body["timestamp"], "authority": {"mbox": "mailto:a@b.rs"}})
    return Parcel.of(Statement(id=UUID(body["id"]), body=text, verb=body["verb"]["id"]))


def film(content: bytes) -> dict[str, Any]:
    return {
        "usageType": "https://example.org/still",
        "display": {"en": "a still"},
        "contentType": "image/png",
        "length": len(content),
        "sha2": hashlib.sha256(content).hexdigest(),
    }


AGENTS = [{"objectType": "contextAgent", "agent": {"mbox": "mailto:ana@example.org"}}]
BEYOND_TINCAN = [
    theirs(id="0190a5d8-0000-7000-8000-000000000001"),
    theirs(context={"contextAgents": AGENTS}),
    theirs(attachments=[film(b"still")]),
    theirs(actor={"mbox": "mailto:ana@example.org"}),  # it would add objectType
    theirs(result={"duration": "P1Y"}),
]


def served(live_server: LiveServer, **more: Any) -> Forwarding:
    """Return the target that this very store is."""
    version = more.pop("version", V1)
    made, _ = credential()
    target = Forwarding(
        name="This store",
        endpoint=f"{live_server.url}/xapi/",
        username=made.key,
        version=version,
        **more,
    )
    targets.save(target, secret="a secret of the stories")
    return target


def stored(body: dict[str, Any]) -> dict[str, Any]:
    """Return what arrived, without what the store itself says."""
    found: dict[str, Any] = json.loads(Statement.objects.get(id=body["id"]).body)
    assert found.pop("authority")["account"]["name"] == Credential.objects.get().key
    del found["stored"], found["version"]
    return found


def with_carrier(kind: type[Any]) -> Any:
    target = Forwarding(endpoint="https://lrs.example/", version=V1)
    return kind(Line("https://lrs.example/"), target, "Basic x")


def test_tincan_carries_what_this_site_records(at: datetime) -> None:
    assert with_carrier(TincanCarrier).can_carry([parcel(ours(at)), parcel(ours(at))])


@pytest.mark.parametrize("number", range(len(BEYOND_TINCAN)))
def test_what_tincan_would_lose_or_change_goes_without_it(number: int, at: datetime) -> None:
    both = [parcel(ours(at)), parcel(BEYOND_TINCAN[number])]
    assert not with_carrier(TincanCarrier).can_carry(both)
    assert with_carrier(PlainCarrier).can_carry(both)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Refused),
        (409, Refused),
        (413, Refused),
        (422, Refused),
        (500, Troubled),
        (301, Unreachable),
        (401, Unreachable),
        (403, Unreachable),
        (404, Unreachable),
        (429, Unreachable),
        (503, Unreachable),
    ],
)
def test_what_an_answer_means(status: int, kind: type[Exception], at: datetime) -> None:
    with pytest.raises(kind):
        judge(status, {}, "words", now=at)
    judge(204, {}, "", now=at)


def test_a_target_says_when_to_come_again(at: datetime) -> None:
    waits = {"17": 17, "Tue, 24 Nov 2026 09:02:00 GMT": 120, "soon": 0, "99999999": 24 * 3600}
    for said, seconds in waits.items():
        with pytest.raises(Unreachable) as found:
            judge(429, {"retry-after": said}, "", now=at)
        assert found.value.wait == seconds


class TestServed:
    pytestmark = SERVED

    def test_our_statements_arrive_by_tincan(
        self, live_server: LiveServer, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(PlainCarrier, "send", None)
        bodies = [ours(at), ours(at)]
        with Courier(served(live_server)) as courier:
            courier.send([parcel(one) for one in bodies])
            courier.send([parcel(one) for one in bodies])  # once more does no harm
            assert courier.holds(parcel(bodies[0]))
            assert not courier.holds(parcel(theirs()))
            assert not courier.holds(parcel(bodies[0] | {"verb": {"id": "https://a.rs/v"}}))
        for one in bodies:
            one.pop("version", None)
            assert stored(one) == one

    def test_context_agents_and_attachments_arrive_without_tincan(
        self, live_server: LiveServer
    ) -> None:
        keep({film(b"still")["sha2"]: b"still"})
        bodies = [
            theirs(context={"contextAgents": AGENTS}),
            theirs(attachments=[film(b"still")]),
            theirs(id="0190a5d8-0000-7000-8000-000000000001"),
        ]
        with Courier(served(live_server, version=V2)) as courier:
            courier.send([parcel(one) for one in bodies])
        for one in bodies:
            assert stored(one) == one

    def test_what_is_not_of_their_version_is_refused_with_the_reason(
        self, live_server: LiveServer
    ) -> None:
        with (
            Courier(served(live_server)) as courier,
            pytest.raises(Refused, match=r"400.*contextAgents"),
        ):
            courier.send([parcel(theirs(context={"contextAgents": AGENTS}))])

    def test_the_log_goes_to_another_store_and_what_it_has_stays_one(
        self, live_server: LiveServer, at: datetime
    ) -> None:
        target = served(live_server, only_ours=False)
        for _ in range(3):
            who = {"actor": uuid4(), "course": uuid4(), "registration": uuid4(), "at": at}
            record([statements.initialized(**who, key=uuid4(), type_=types.LESSON)], at=at)
        body = theirs()
        sender = Credential.objects.get().pk
        write([Entry(UUID(body["id"]), body, at, at, sender).complete()])
        before = Statement.objects.count()
        assert deliver_due(at=timezone.now())
        target.refresh_from_db()
        assert (targets.state_of(target).waiting, target.paused_reason) == (0, "")
        assert not dead_letters(target).exists()
        assert Statement.objects.count() == before

    def test_a_wrong_secret_pauses_the_target_and_loses_nothing(
        self, live_server: LiveServer, at: datetime
    ) -> None:
        target = served(live_server)
        targets.save(target, secret="wrong")
        who = {"actor": uuid4(), "course": uuid4(), "registration": uuid4(), "at": at}
        record([statements.initialized(**who, key=uuid4(), type_=types.LESSON)], at=at)
        deliver_due(at=timezone.now())
        target.refresh_from_db()
        assert target.paused_reason.startswith("401")
        assert targets.state_of(target).waiting == 1
