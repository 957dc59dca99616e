"""An administrator says where clients are told that there is news; nobody else does."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lrs.forwarding.sealing import unseal
from people.models import MachineClient
from reports.models import Webhook
from reports.webhooks.changing import begin
from tests.reports.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def admin(as_role: AsRole) -> Client:
    return as_role("administrator")


@pytest.fixture
def webhook(db: None, receiver: Receiver) -> Webhook:
    machine = MachineClient.objects.create(name="Academy")
    made = Webhook(client=machine, endpoint=receiver.endpoint)
    begin(made)
    return made


def said(client: Client, name: str, *args: Any, form: dict[str, Any] | None = None) -> str:
    """Return the page that answers a form, or a look."""
    path = reverse(f"webhooks:{name}", args=args)
    answer = client.get(path) if form is None else client.post(path, form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_secret_is_shown_once(admin: Client, receiver: Receiver) -> None:
    machine = MachineClient.objects.create(name="Academy")
    form = {"client": machine.pk, "endpoint": receiver.endpoint}
    shown = said(admin, "add", form=form)
    made = Webhook.objects.get()
    assert unseal(made.secret) in shown
    for page in (said(admin, "index"), said(admin, "hints", made.pk), said(admin, "edit", made.pk)):
        assert unseal(made.secret) not in page
    assert "Academy" in said(admin, "index")


def test_an_address_inside_the_network_is_refused(admin: Client) -> None:
    machine = MachineClient.objects.create(name="Academy")
    for endpoint in ("https://10.0.0.1/", "nonsense"):
        shown = said(admin, "add", form={"client": machine.pk, "endpoint": endpoint})
        assert "address of the public network" in shown
    assert not Webhook.objects.exists()


def test_the_client_of_a_webhook_stays(admin: Client, webhook: Webhook) -> None:
    other = MachineClient.objects.create(name="Other")
    elsewhere = f"{webhook.endpoint}/elsewhere"
    said(admin, "edit", webhook.pk, form={"client": other.pk, "endpoint": elsewhere})
    webhook.refresh_from_db()
    assert (webhook.client.name, webhook.endpoint) == ("Academy", elsewhere)


def test_a_test_is_sent_at_once_and_stands_in_the_list(
    admin: Client, webhook: Webhook, receiver: Receiver
) -> None:
    assert "It arrived." in said(admin, "hints", webhook.pk, form={"what": "test"})
    receiver.status = 500
    shown = said(admin, "hints", webhook.pk, form={"what": "test"})
    assert "It did not arrive: 500" in shown
    assert "204" in shown
    assert len(receiver.bodies) == 2


def test_it_is_paused_and_set_going_again(admin: Client, webhook: Webhook) -> None:
    said(admin, "hints", webhook.pk, form={"what": "stop"})
    assert "paused by an administrator" in said(admin, "index")
    said(admin, "hints", webhook.pk, form={"what": "go"})
    webhook.refresh_from_db()
    assert webhook.is_active


def test_what_was_given_up_stands_on_the_first_page(admin: Client, webhook: Webhook) -> None:
    home = reverse("wagtailadmin_home")
    assert "no longer told" not in admin.get(home).content.decode()
    Webhook.objects.update(is_active=False, given_up_at=timezone.now(), reason="<b>500</b>")
    shown = admin.get(home).content.decode()
    assert "no longer told" in shown
    assert "<b>500</b>" not in shown
    assert "given up" in said(admin, "index")


def test_a_new_secret_is_shown_once(admin: Client, webhook: Webhook) -> None:
    old = unseal(webhook.secret)
    assert 'value="7"' in said(admin, "secret", webhook.pk)
    shown = said(admin, "secret", webhook.pk, form={"old_days": "3"})
    webhook.refresh_from_db()
    assert unseal(webhook.secret) in shown
    assert (unseal(webhook.old_secret), unseal(webhook.secret) != old) == (old, True)


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_else_gets_there(
    as_role: AsRole, webhook: Webhook, receiver: Receiver, role: str
) -> None:
    browser, before = as_role(role), Webhook.objects.values().get()
    pages = [("index", []), ("add", [])]
    pages += [(name, [webhook.pk]) for name in ("edit", "delete", "hints", "secret")]
    for name, args in pages:
        path = reverse(f"webhooks:{name}", args=args)
        assert browser.get(path).status_code in (302, 403)
        form = {"what": "test", "old_days": "0", "endpoint": "https://example.org/"}
        assert browser.post(path, form).status_code in (302, 403, 405)
    assert Webhook.objects.values().get() == before
    assert receiver.bodies == []
