"""An administrator gives machine clients their keys, and takes them away; nobody else does."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from people.clients import client_of, issue_key
from people.keys_admin import address
from people.models import ClientKey, MachineClient

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]
# An address at which nothing is leads to the same with its language first.
NOT_THERE = (302, 404)
SECRET, LONG = ClientKey.Kind.SECRET, ClientKey.Kind.TOKEN


@pytest.fixture
def admin(as_role: AsRole) -> Client:
    return as_role("administrator")


@pytest.fixture
def machine(db: None) -> MachineClient:
    return MachineClient.objects.create(name="Academy")


def said(client: Client, path: str, form: dict[str, Any] | None = None) -> str:
    """Return the page that answers a form, or a look."""
    answer = client.get(path) if form is None else client.post(path, form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_makes_a_client_is_led_to_its_keys(admin: Client) -> None:
    form = {"name": "Academy", "networks": "203.0.113.0/24", "revoked_at": ""}
    shown = said(admin, address("add"), form)
    made = MachineClient.objects.get()
    assert made.client_id in shown
    assert address("new_key", made.pk, "secret") in shown
    assert "Academy" in said(admin, address("list"))
    assert address("keys", made.pk) in said(admin, address("edit", made.pk))


def test_what_is_no_network_is_refused(admin: Client) -> None:
    form = {"name": "Academy", "networks": "203.0.113.0/24\nthe office", "revoked_at": ""}
    assert "“the” is not a network" in said(admin, address("add"), form)
    assert not MachineClient.objects.exists()


@pytest.mark.parametrize("kind", [SECRET, LONG])
def test_a_key_is_shown_once(admin: Client, machine: MachineClient, kind: str) -> None:
    answer = admin.post(address("new_key", machine.pk, kind), {"expires_at": ""})
    assert "no-store" in answer["Cache-Control"]
    words = re.findall(r"pt[ks]_[\w-]{43}", answer.content.decode())
    assert set(words) == {words[0]}
    for page in ("keys", "edit"):
        assert words[0] not in said(admin, address(page, machine.pk))
    assert words[0] not in said(admin, address("list"))
    assert ModelLogEntry.objects.get(action="people.key.issue").user


def test_the_old_key_serves_for_so_many_days(admin: Client, machine: MachineClient) -> None:
    old = issue_key(client=machine, kind=LONG, at=timezone.now())
    page = address("new_key", machine.pk, LONG)
    assert 'name="old_days" value="14"' in said(admin, page)
    said(admin, page, {"expires_at": "", "old_days": "3"})
    old.key.refresh_from_db()
    assert old.key.expires_at
    left = old.key.expires_at - timezone.now()
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)
    assert client_of(old.words, at=timezone.now())
    assert page not in said(admin, address("keys", machine.pk))
    refused = said(admin, page, {"expires_at": "", "old_days": "3"})
    assert "Two are valid already" in refused


def test_a_first_key_is_not_asked_about_an_old_one(admin: Client, machine: MachineClient) -> None:
    assert "old_days" not in said(admin, address("new_key", machine.pk, SECRET))


def test_a_moment_that_is_over_is_refused(admin: Client, machine: MachineClient) -> None:
    page = address("new_key", machine.pk, SECRET)
    assert "over already" in said(admin, page, {"expires_at": "2020-01-01 10:00"})
    assert not ClientKey.objects.exists()


def test_a_key_is_revoked_at_once(admin: Client, machine: MachineClient) -> None:
    issued = issue_key(client=machine, kind=LONG, at=timezone.now())
    page = address("revoke_key", machine.pk, issued.key.pk)
    assert "opens nothing, for good" in said(admin, page)
    assert client_of(issued.words, at=timezone.now())
    assert "revoked" in said(admin, page, {})
    assert client_of(issued.words, at=timezone.now()) is None
    assert ClientKey.objects.get().revoked_at
    assert admin.post(page).status_code in NOT_THERE


def test_a_key_is_reached_through_its_own_client_alone(
    admin: Client, machine: MachineClient
) -> None:
    other = MachineClient.objects.create(name="Other")
    key = issue_key(client=machine, kind=LONG, at=timezone.now()).key
    assert admin.post(address("revoke_key", other.pk, key.pk)).status_code in NOT_THERE
    assert admin.get(address("new_key", machine.pk, "nonsense")).status_code in NOT_THERE


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_else_gets_there(as_role: AsRole, machine: MachineClient, role: str) -> None:
    key = issue_key(client=machine, kind=LONG, at=timezone.now()).key
    browser = as_role(role)
    for page in (
        address("keys", machine.pk),
        address("new_key", machine.pk, SECRET),
        address("revoke_key", machine.pk, key.pk),
    ):
        assert browser.get(page).status_code in (302, 403)
        assert browser.post(page, {"expires_at": ""}).status_code in (302, 403, 405)
    key.refresh_from_db()
    assert (ClientKey.objects.count(), key.revoked_at) == (1, None)
