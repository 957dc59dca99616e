"""A client is hinted at when there is news for it: signed, once a minute, until it arrives."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection

from people.models import Mandate
from people.roles import ADMINISTRATOR, sync_groups
from reports.models import Hint, Pruned, Webhook
from reports.webhooks.changing import renew_secret, set_going, try_out
from reports.webhooks.delivery import deliver_due
from tests.factories.people import UserFactory
from tests.reports.conftest import Justice
from tests.reports.webhooks.receiver import Receiver

on_postgresql = connection.vendor == "postgresql"
# The feed shows what is committed.
pytestmark = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=on_postgresql, serialized_rollback=on_postgresql),
    *([pytest.mark.usefixtures("_put_back")] if on_postgresql else []),
]

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EXAMPLE = Path(settings.BASE_DIR) / "docs" / "examples" / "webhook_receiver.py"
is_genuine = run_path(str(EXAMPLE))["is_genuine"]


def after(**how_long: float) -> datetime:
    return NOON + timedelta(**how_long)


def test_news_is_told_once(justice: Justice, webhook: Webhook, receiver: Receiver) -> None:
    deliver_due(at=NOON)
    assert receiver.bodies == []
    for _ in range(3):
        justice.learner()
    deliver_due(at=NOON)
    deliver_due(at=after(minutes=2))
    [body] = receiver.bodies
    said = {"type": "completions.changed", "timestamp": NOON.isoformat(), "data": {}}
    assert json.loads(body) == said
    webhook.refresh_from_db()
    assert (webhook.told_at, webhook.message, webhook.failures) == (NOON, None, 0)


def test_a_minute_lies_between_two_hints(
    justice: Justice, webhook: Webhook, receiver: Receiver
) -> None:
    for second in range(0, 150, 10):
        justice.learner()
        deliver_due(at=after(seconds=second))
    assert len(receiver.bodies) == 3
    assert len(set(receiver.ids)) == 3


def test_what_the_mandate_does_not_cover_is_no_news(
    justice: Justice, webhook: Webhook, receiver: Receiver
) -> None:
    justice.learner(institution=justice.ministry)
    deliver_due(at=NOON)
    Mandate.objects.filter(client=webhook.client).update(valid_to="2026-01-02")
    justice.learner()
    deliver_due(at=after(minutes=5))
    assert receiver.bodies == []


def test_the_example_knows_a_genuine_hint(
    justice: Justice, webhook: Webhook, secret: str, receiver: Receiver
) -> None:
    justice.learner()
    deliver_due(at=NOON)
    [headers], [body] = receiver.headers, receiver.bodies
    now = NOON.timestamp()
    assert is_genuine(headers, body, secret, now + 200)
    assert not is_genuine(headers, body, secret, now + 400)
    assert not is_genuine(headers, body + b" ", secret, now)
    assert not is_genuine(headers | {"webhook-id": "msg_other"}, body, secret, now)
    assert not is_genuine({}, body, secret, now)
    assert not is_genuine(headers, body, "whsec_" + "A" * 44, now)


def test_a_new_secret_serves_beside_the_old_one(
    justice: Justice, webhook: Webhook, secret: str, receiver: Receiver
) -> None:
    new = renew_secret(webhook, old_days=7, at=NOON)
    for days in (1, 8):
        justice.learner()
        deliver_due(at=after(days=days))
    both, only = receiver.headers
    first, second = (after(days=1).timestamp(), after(days=8).timestamp())
    for word in (secret, new):
        assert is_genuine(both, receiver.bodies[0], word, first)
    assert is_genuine(only, receiver.bodies[1], new, second)
    assert not is_genuine(only, receiver.bodies[1], secret, second)


def test_secrets_are_not_kept_as_they_are(webhook: Webhook, secret: str) -> None:
    assert secret not in str(Webhook.objects.values().get())


def test_what_does_not_arrive_is_tried_again_under_its_id(
    justice: Justice, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.status = 503
    justice.learner()
    deliver_due(at=NOON)
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since) == (1, NOON)
    deliver_due(at=after(seconds=30))
    assert len(receiver.bodies) == 1
    deliver_due(at=after(hours=2))
    receiver.status = 200
    deliver_due(at=after(hours=4))
    assert len(set(receiver.ids)) == 1
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since, webhook.reason) == (0, None, "")
    assert [hint.status for hint in webhook.hints.all()] == [200, 503, 503]
    deliver_due(at=after(hours=6))
    assert len(receiver.bodies) == 3


def test_who_asks_to_wait_is_left_alone(
    justice: Justice, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.status, receiver.says = 429, {"Retry-After": "1800"}
    justice.learner()
    deliver_due(at=NOON)
    deliver_due(at=after(minutes=29))
    assert len(receiver.bodies) == 1
    deliver_due(at=after(minutes=31))
    assert len(receiver.bodies) == 2


def test_nobody_is_followed_elsewhere(
    justice: Justice, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.status, receiver.says = 307, {"Location": receiver.endpoint}
    justice.learner()
    deliver_due(at=NOON)
    assert len(receiver.bodies) == 1
    assert Hint.objects.get().problem.startswith("307")


def test_after_days_without_success_it_is_given_up_and_said(
    justice: Justice,
    webhook: Webhook,
    receiver: Receiver,
    django_capture_on_commit_callbacks: Any,
) -> None:
    administrator = UserFactory(language="sr")
    administrator.groups.add(sync_groups()[ADMINISTRATOR])
    receiver.status = 500
    justice.learner()
    for day in range(5):
        deliver_due(at=after(days=day))
        assert Webhook.objects.get().is_active
    deliver_due(at=after(days=5))
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.given_up_at) == (False, after(days=5))
    call_command("work", batch=True)
    [letter] = mail.outbox
    assert letter.to == [administrator.email]
    assert "Academy" in letter.subject
    assert receiver.endpoint in letter.body
    deliver_due(at=after(days=6))
    assert len(receiver.bodies) == 6
    receiver.status = 200
    set_going(webhook)
    deliver_due(at=after(days=7))
    assert len(receiver.bodies) == 7
    assert Webhook.objects.get().told_at == after(days=7)


def test_who_says_it_is_gone_is_believed_at_once(
    justice: Justice, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.status = 410
    justice.learner()
    deliver_due(at=NOON)
    assert not Webhook.objects.get().is_active


def test_a_test_says_so_and_counts_neither_way(
    justice: Justice, webhook: Webhook, receiver: Receiver
) -> None:
    assert try_out(webhook, at=NOON).status == 204
    receiver.status = 500
    assert try_out(webhook, at=NOON).problem.startswith("500")
    assert {json.loads(body)["type"] for body in receiver.bodies} == {"test"}
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.told_at) == (0, None)


def test_of_two_workers_one_tells(
    justice: Justice, webhook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    justice.learner()
    both = [Webhook.objects.select_related("client").get() for _ in range(2)]
    monkeypatch.setattr("reports.webhooks.delivery.due", lambda at: both)
    deliver_due(at=NOON)
    assert len(receiver.bodies) == 1


def test_after_a_restore_and_after_pruning_there_is_news(
    justice: Justice, webhook: Webhook, receiver: Receiver
) -> None:
    call_command("begin_epoch")
    deliver_due(at=NOON)
    webhook.refresh_from_db()
    Pruned.objects.create(
        epoch=webhook.epoch, transaction=2**62, sequence=webhook.sequence + 9, at=NOON
    )
    deliver_due(at=after(minutes=2))
    assert len(receiver.bodies) == 2


def test_the_log_of_hints_does_not_grow_without_end(webhook: Webhook) -> None:
    for second in range(103):
        try_out(webhook, at=after(seconds=second))
    assert webhook.hints.count() == 100


def test_the_worker_goes_its_rounds(justice: Justice, webhook: Webhook, receiver: Receiver) -> None:
    justice.learner()
    call_command("work", batch=True)
    assert len(receiver.bodies) == 1
