"""Statements go on to other record stores: at least once, in order, and never lost."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from lrs.entries import Entry
from lrs.feed import begin_epoch
from lrs.forwarding import delivery, letters, line, targets
from lrs.forwarding.delivery import deliver_due
from lrs.forwarding.endpoints import EndpointRefused, checked_endpoint
from lrs.forwarding.letters import dead_letters, send_again
from lrs.forwarding.pauses import pause
from lrs.forwarding.sealing import SecretUnreadable, seal, unseal
from lrs.forwarding.targets import Flow, state_of
from lrs.log import record, write
from lrs.models import Forwarding, Letter, Statement
from tests.lrs.credentials import credential
from tests.lrs.other_store import OtherStore
from tests.lrs.test_work import worker
from xapi import statements, types, verbs

pytestmark = pytest.mark.django_db
ANA, BORA = UUID(int=1), UUID(int=2)


@pytest.fixture
def other() -> Iterator[OtherStore]:
    store = OtherStore()
    yield store
    store.close()


@pytest.fixture(autouse=True)
def _visible(monkeypatch: pytest.MonkeyPatch) -> None:
    """A story is one transaction, which on PostgreSQL would hide all of it from the feed."""
    monkeypatch.setattr("lrs.feed.is_postgresql", lambda: False)


def target(other: OtherStore, **more: Any) -> Forwarding:
    made = Forwarding(name="Judicial Academy", endpoint=other.endpoint, username="key", **more)
    targets.save(made, secret="a secret")
    return made


def began(actor: UUID, at: datetime) -> str:
    """Record that a learner began something; return the statement's id."""
    who = {"actor": actor, "course": uuid4(), "registration": uuid4(), "at": at}
    begun = statements.initialized(**who, key=uuid4(), type_=types.LESSON)
    record([begun], at=at)
    return str(begun.id)


def sent_by_others(at: datetime, **more: Any) -> str:
    """Store a statement that came over HTTP; return its id."""
    body = {
        "id": str(uuid4()),
        "actor": {"account": {"homePage": "https://example.org", "name": "17"}},
        "verb": {"id": "https://example.org/verbs/saw"},
        "object": {"id": "https://example.org/film"},
        "timestamp": at.isoformat(),
        **more,
    }
    write([Entry(UUID(body["id"]), body, at, at, credential()[0].pk).complete()])
    return str(body["id"])


def go(times: int = 1) -> None:
    """Deliver, with all pauses over."""
    for _ in range(times):
        Forwarding.objects.exclude(next_try=None).update(next_try=timezone.now())
        Letter.objects.exclude(next_try=None).update(next_try=timezone.now())
        deliver_due(at=timezone.now())


def is_about(id_: str) -> Any:
    return lambda statement: statement["id"] == id_


def test_what_is_recorded_arrives_once_and_in_order(other: OtherStore, at: datetime) -> None:
    made = target(other)
    sent = [began(ANA, at + timedelta(minutes=minute)) for minute in range(3)]
    go(2)
    assert other.arrived == sent
    assert other.requests == [sent]
    stored = json.loads(Statement.objects.get(id=sent[0]).body)
    del stored["stored"], stored["authority"], stored["version"]
    arrived = other.kept[sent[0]]
    arrived.pop("version", None)
    assert arrived == stored
    sent.append(began(BORA, at))
    go()
    assert other.arrived == sent
    made.refresh_from_db()
    assert made.delivered_through == at
    assert made.last_success is not None
    assert (state_of(made).waiting, state_of(made).flow) == (0, Flow.RUNNING)
    assert "Basic" in other.headers[0]["Authorization"]


def test_batches_are_of_fifty_over_one_connection(other: OtherStore, at: datetime) -> None:
    target(other)
    sent = [began(ANA, at) for _ in range(120)]
    go()
    assert [len(request) for request in other.requests] == [50, 50, 20]
    assert other.arrived == sent
    assert other.connections == 1


def test_only_what_a_target_wants_is_sent(other: OtherStore, at: datetime) -> None:
    target(other, verbs=[verbs.COMPLETED.id], since=at)
    began(ANA, at)
    who = {"actor": ANA, "course": uuid4(), "registration": uuid4()}
    done = [
        statements.completed(
            **who, key=uuid4(), type_=types.LESSON, at=at + timedelta(minutes=minute)
        )
        for minute in (0, 1)
    ]
    record(done[:1], at=at - timedelta(days=1))
    record(done[1:], at=at)
    sent_by_others(at, verb={"id": verbs.COMPLETED.id})
    void = statements.voided(actor=BORA, target=UUID(str(done[1].id)), at=at)
    record([void], at=at)
    go()
    assert other.arrived == [str(done[1].id), str(void.id)]


def test_what_others_sent_goes_along_if_that_is_wanted(other: OtherStore, at: datetime) -> None:
    target(other, only_ours=False)
    ours, theirs = began(ANA, at), sent_by_others(at)
    go()
    assert other.arrived == [ours, theirs]


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503])
def test_a_target_that_is_down_waits_as_a_whole(
    status: int, other: OtherStore, at: datetime
) -> None:
    made = target(other)
    sent = [began(ANA, at), began(BORA, at)]
    other.down = status
    before = timezone.now()
    go()
    made.refresh_from_db()
    assert made.paused_reason == f"{status}: not now"
    assert made.next_try is not None
    assert before < made.next_try <= timezone.now() + timedelta(seconds=5)
    assert state_of(made).flow == Flow.WAITING
    assert state_of(made).waiting == 2
    deliver_due(at=timezone.now())  # not due yet
    assert len(other.requests) == 1
    go(4)
    assert not Letter.objects.exists()
    other.down = 0
    go()
    assert other.arrived == sent
    made.refresh_from_db()
    assert (made.paused_reason, made.failures, made.next_try) == ("", 0, None)


def test_a_target_says_how_long_to_wait(other: OtherStore, at: datetime) -> None:
    made = target(other)
    began(ANA, at)
    other.down, other.retry_after = 429, "120"
    before = timezone.now()
    go()
    made.refresh_from_db()
    assert made.next_try is not None
    assert made.next_try >= before + timedelta(seconds=120)


def test_nobody_listens_or_answers_in_time(
    other: OtherStore, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = target(other)
    sent = began(ANA, at)
    other.slow = 0.5
    monkeypatch.setattr(line.Line.__init__, "__kwdefaults__", {"timeout": 0.1})
    go()
    made.refresh_from_db()
    assert made.paused_reason == "no answer in time"
    other.slow = 0
    go()
    assert other.arrived == [sent]
    began(ANA, at)
    other.close()
    go()
    made.refresh_from_db()
    assert "no connection" in made.paused_reason


def test_pauses_grow_and_are_never_in_step() -> None:
    longest = [max(pause(tries).total_seconds() for _ in range(200)) for tries in (1, 2, 5, 99)]
    assert longest[0] <= 5 < longest[1] <= 10 < longest[2] <= 80 < longest[3] <= 3600
    assert len({pause(5) for _ in range(50)}) > 10


def test_a_refused_statement_becomes_a_dead_letter_and_the_rest_goes_on(
    other: OtherStore, at: datetime
) -> None:
    made = target(other)
    sent = [began(ANA if number % 2 else BORA, at) for number in range(20)]
    other.refused = is_about(sent[7])
    go()
    assert other.arrived == [id_ for id_ in sent if id_ != sent[7]]
    letter = dead_letters(made).get()
    assert str(letter.statement) == sent[7]
    assert letter.reason == "400: this verb is not known here"
    assert letter.last_try is not None
    assert state_of(made).dead == 1
    assert len(other.requests) < 2 * 5 + 1  # found by halving
    go(3)
    assert dead_letters(made).count() == 1
    other.refused = lambda statement: False
    assert send_again(dead_letters(made), at=timezone.now()) == 1
    go()
    assert other.arrived[-1] == sent[7]
    assert not Letter.objects.exists()


def test_a_statement_that_crashes_the_target_holds_back_its_learner_alone(
    other: OtherStore, at: datetime
) -> None:
    made = target(other)
    anas, boras = [], []
    for _ in range(3):
        anas.append(began(ANA, at))
        boras.append(began(BORA, at))
    other.crashing = is_about(anas[1])
    go(3)
    assert other.arrived == []
    go()
    assert other.arrived == [anas[0], *boras]
    assert not dead_letters(made).exists()
    made.refresh_from_db()
    assert state_of(made).waiting == 2
    later = began(ANA, at), began(BORA, at)
    go()
    assert other.arrived == [anas[0], *boras, later[1]]
    other.crashing = lambda statement: False
    go()
    assert other.arrived[-3:] == [anas[1], anas[2], later[0]]
    assert not Letter.objects.exists()


def test_what_crashes_the_target_for_ever_is_dead_in_the_end(
    other: OtherStore, at: datetime
) -> None:
    made = target(other)
    crashing, boras, after = began(ANA, at), began(BORA, at), began(ANA, at)
    other.crashing = is_about(crashing)
    go(4 + letters.MAX_TRIES)
    assert other.arrived == [boras, after]
    assert dead_letters(made).get().reason == "500: crashed"


def test_what_is_held_uses_up_no_tries_while_the_target_is_down(
    other: OtherStore, at: datetime
) -> None:
    target(other)
    crashing, _ = began(ANA, at), began(BORA, at)
    other.crashing = is_about(crashing)
    go(4)
    held = Letter.objects.get()
    began(BORA, at)
    other.down = 500
    go(letters.MAX_TRIES + 2)
    again = Letter.objects.get()
    assert (again.statement, again.tries) == (held.statement, held.tries)


def test_what_is_there_already_counts_as_delivered(other: OtherStore, at: datetime) -> None:
    made = target(other)
    sent = [began(ANA, at), began(ANA, at)]
    bodies = [json.loads(Statement.objects.get(id=id_).body) for id_ in sent]
    other.kept = {one["id"]: one for one in bodies}
    conflicts = OtherStore.take

    def always_conflicts(given: list[dict[str, Any]]) -> tuple[int, str]:
        conflicts(other, given)
        return 409, "it is here already"

    other.take = always_conflicts  # type: ignore[method-assign]
    go()
    assert not Letter.objects.exists()
    made.refresh_from_db()
    assert state_of(made).waiting == 0
    other.kept[sent[0]] = bodies[0] | {"verb": {"id": "https://example.org/other"}}
    targets.back_fill(made, since=None)
    go()
    assert str(dead_letters(made).get().statement) == sent[0]


def test_back_filling_sends_again_and_the_other_store_knows_it(
    other: OtherStore, at: datetime
) -> None:
    early, late = began(ANA, at), began(ANA, at + timedelta(days=2))
    made = target(other, since=at + timedelta(days=1))
    go()
    assert other.arrived == [late]
    targets.back_fill(made, since=at)
    go()
    assert other.requests[1:] == [[early, late]]
    assert other.arrived == [late, early]
    targets.back_fill(made, since=at + timedelta(days=9))
    began(ANA, at)
    go()
    assert len(other.arrived) == 3  # nothing is skipped


def test_a_refused_statement_is_forgotten_once_back_filling_delivers_it(
    other: OtherStore, at: datetime
) -> None:
    made = target(other)
    sent = began(ANA, at)
    other.refused = is_about(sent)
    go()
    targets.back_fill(made, since=None)
    go()
    assert dead_letters(made).count() == 1
    other.refused = lambda statement: False
    targets.back_fill(made, since=None)
    go()
    assert other.arrived == [sent]
    assert not Letter.objects.exists()


def test_after_a_restore_everything_is_sent_again(other: OtherStore, at: datetime) -> None:
    made = target(other)
    sent = [began(ANA, at), began(BORA, at)]
    other.refused = is_about(sent[0])
    go()
    other.refused = lambda statement: False
    begin_epoch()
    go()
    assert sorted(other.arrived) == sorted(sent)
    assert not made.letters.exists()


def test_nothing_is_sent_while_an_administrator_has_paused_it(
    other: OtherStore, at: datetime
) -> None:
    made = target(other)
    targets.pause(made)
    sent = began(ANA, at)
    go()
    assert other.requests == []
    assert state_of(made).flow == Flow.PAUSED
    targets.resume(made)
    go()
    assert other.arrived == [sent]


def test_a_killed_worker_is_followed_by_another(
    other: OtherStore, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies after the target has stored, before that is written down."""
    made = target(other)
    sent = [began(ANA, at) for _ in range(3)]

    class Killed(BaseException):
        pass

    def die(*args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery.Delivery, "_move", die)
        patch.setattr("lrs.forwarding.leases.give_back", die)
        with pytest.raises(Killed):
            deliver_due(at=timezone.now())
    assert other.arrived == sent
    go()
    assert len(other.requests) == 1  # the lease is not over
    Forwarding.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    go()
    assert other.requests == [sent, sent]
    assert other.arrived == sent
    assert state_of(Forwarding.objects.get(pk=made.pk)).waiting == 0


def test_a_worker_that_lost_its_lease_writes_nothing(
    other: OtherStore, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = target(other)
    began(ANA, at)
    send = delivery.Courier.send

    def send_and_pause(self: Any, parcels: Any) -> None:
        send(self, parcels)
        targets.pause(Forwarding.objects.get(pk=made.pk))

    monkeypatch.setattr(delivery.Courier, "send", send_and_pause)
    go()
    made.refresh_from_db()
    assert (made.sequence, made.is_active) == (0, False)


def test_the_worker_forwards_between_its_tasks(other: OtherStore, at: datetime) -> None:
    target(other)
    sent = [began(ANA, at) for _ in range(3)]
    worker().run()
    assert other.arrived == sent


def test_an_accident_here_stops_neither_the_worker_nor_other_targets(
    other: OtherStore, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = target(other), target(other)
    Forwarding.objects.filter(pk=broken.pk).update(secret="not encrypted by us")
    began(ANA, at)
    worker().run()
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert "enter it again" in broken.paused_reason
    assert state_of(sound).waiting == 0

    def stumble(*args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(delivery, "held_learners", stumble)
    began(ANA, at)
    go()
    sound.refresh_from_db()
    assert "ZeroDivisionError" in sound.paused_reason


def test_the_secret_is_kept_encrypted(other: OtherStore, settings: Any) -> None:
    made = target(other)
    assert "a secret" not in made.secret
    assert unseal(made.secret) == "a secret"
    assert seal("a secret") != made.secret
    targets.save(made)
    assert unseal(made.secret) == "a secret"
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    with pytest.raises(SecretUnreadable):
        unseal(made.secret)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(made.secret) == "a secret"


def test_nothing_is_sent_in_the_clear_outside_a_demo(settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    assert checked_endpoint("https://lrs.example/xapi") == "https://lrs.example/xapi/"
    assert checked_endpoint("https://lrs.example/xapi/statements") == "https://lrs.example/xapi/"
    for wrong in (
        "http://lrs.example/xapi/",
        "file:///etc/passwd",
        "ftp://lrs.example/",
        "https://",
        "https://key:secret@lrs.example/",
        "https://lrs.example/?a=b",
        "https://lrs.example/#a",
        "https://lrs.example:port/",
        "lrs.example",
    ):
        with pytest.raises(EndpointRefused):
            checked_endpoint(wrong)


def test_a_target_in_the_clear_is_not_delivered_to(
    other: OtherStore, at: datetime, settings: Any
) -> None:
    made = target(other)
    began(ANA, at)
    settings.DEMO = settings.DEBUG = False
    go()
    assert other.requests == []
    made.refresh_from_db()
    assert "https" in made.paused_reason
