"""How a machine gets in: a secret for an hour's token, whence it comes, and what it may do."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from people import clients
from people.clients import (
    NAMES,
    READ,
    TooManyKeys,
    grant_of,
    issue_access,
    issue_key,
    key_with_secret,
    revoke_key,
)
from people.models import AccessToken, ClientKey, MachineClient
from tests.factories.people import MandateFactory
from tests.reports.conftest import Justice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nobody_asked_yet")]

TOKEN, API = "/api/v1/token", "/api/v1/completions"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECRET, LONG = ClientKey.Kind.SECRET, ClientKey.Kind.TOKEN
GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
def machine(justice: Justice) -> MachineClient:
    """A client with a mandate over the council."""
    made = MachineClient.objects.create(name="Academy")
    MandateFactory(
        holder=None, client=made, institutions=[justice.council], professions=[justice.judge]
    )
    return made


@pytest.fixture
def secret(machine: MachineClient) -> str:
    return issue_key(client=machine, kind=SECRET, at=NOON).words


def basic(client_id: str, secret: str) -> dict[str, str]:
    words = f"{quote(client_id)}:{quote(secret)}".encode()
    return {"authorization": f"Basic {base64.b64encode(words).decode()}"}


def asks(client: Client, said: dict[str, str], **more: Any) -> tuple[int, dict[str, Any]]:
    """Return status and answer of a question for an access token."""
    answer = posts(client, said, **more)
    return answer.status_code, json.loads(answer.content)


def posts(client: Client, said: dict[str, str], **more: Any) -> Any:
    form = "application/x-www-form-urlencoded"
    return client.post(TOKEN, urlencode(said), content_type=form, **more)


def opens(client: Client, token: str, path: str = API, **more: Any) -> int:
    headers = {"authorization": f"Bearer {token}"}
    status: int = client.get(path, headers=headers, **more).status_code
    return status


# --- OAuth 2 --------------------------------------------------------------------------------


def test_a_secret_gets_a_token_that_opens_the_report(
    client: Client, machine: MachineClient, secret: str
) -> None:
    answer = posts(client, GRANT, headers=basic(machine.client_id, secret))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    said = answer.json()
    assert (said["token_type"], said["expires_in"]) == ("Bearer", 3600)
    assert set(said["scope"].split()) == {READ, NAMES}
    assert opens(client, said["access_token"]) == 200


def test_id_and_secret_may_stand_in_the_form(
    client: Client, machine: MachineClient, secret: str
) -> None:
    own = {"client_id": machine.client_id, "client_secret": secret}
    status, said = asks(client, GRANT | own | {"scope": READ})
    assert (status, said["scope"]) == (200, READ)


def test_neither_secret_nor_token_is_kept_as_it_is(machine: MachineClient, secret: str) -> None:
    key = ClientKey.objects.get()
    token = issue_access(key=key, scopes=[READ], at=NOON)
    kept = str([*ClientKey.objects.values(), *AccessToken.objects.values()])
    assert secret not in kept
    assert token not in kept


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        (GRANT | {"scope": "statements/read"}, 400, "invalid_scope"),
        (GRANT | {"scope": f"{READ} everything"}, 400, "invalid_scope"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_the_words_of_the_standard(
    client: Client,
    machine: MachineClient,
    secret: str,
    form: dict[str, str],
    status: int,
    error: str,
) -> None:
    got, said = asks(client, form, headers=basic(machine.client_id, secret))
    assert (got, said["error"]) == (status, error)


def test_nobody_else_gets_a_token(client: Client, machine: MachineClient, secret: str) -> None:
    other = MachineClient.objects.create(name="Other")
    long_lived = issue_key(client=machine, kind=LONG, at=NOON).words
    for headers in (
        {},
        basic(machine.client_id, secret + "x"),
        basic(other.client_id, secret),
        basic(machine.client_id, long_lived),
        {"authorization": "Basic nonsense"},
        {"authorization": f"Bearer {secret}"},
    ):
        answer = posts(client, GRANT, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
        assert answer["WWW-Authenticate"].startswith("Basic")
    assert not AccessToken.objects.exists()


def test_a_secret_is_no_token_and_a_stranger_is_told_which_kind_opens(
    client: Client, secret: str
) -> None:
    answer = client.get(API, headers={"authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer["WWW-Authenticate"].split()[0]) == (401, "Bearer")


def test_a_get_gives_no_token(client: Client, machine: MachineClient, secret: str) -> None:
    assert client.get(TOKEN, GRANT, headers=basic(machine.client_id, secret)).status_code == 405


def test_a_token_for_names_opens_no_completions(
    client: Client, machine: MachineClient, secret: str
) -> None:
    own = basic(machine.client_id, secret)
    _status, said = asks(client, GRANT | {"scope": NAMES}, headers=own)
    for path in (API, f"{API}/changes", f"{API}/digest"):
        answer = client.get(path, headers={"authorization": f"Bearer {said['access_token']}"})
        assert (answer.status_code, READ in answer.json()["detail"]) == (403, True)
    assert opens(client, said["access_token"], f"{API}/dictionary") == 200


def test_an_access_token_lasts_an_hour(machine: MachineClient, secret: str) -> None:
    key = key_with_secret(client_id=machine.client_id, secret=secret, at=NOON)
    assert key
    token = issue_access(key=key, scopes=[READ], at=NOON)
    assert grant_of(token, at=NOON + timedelta(minutes=59))
    assert grant_of(token, at=NOON + timedelta(hours=1)) is None
    issue_access(key=key, scopes=[READ], at=NOON + timedelta(hours=2))
    assert AccessToken.objects.count() == 1


def test_what_is_revoked_opens_nothing_from_this_moment(
    machine: MachineClient, secret: str
) -> None:
    key = ClientKey.objects.get()
    token = issue_access(key=key, scopes=[READ], at=NOON)
    MachineClient.objects.update(revoked_at=NOON)
    assert grant_of(token, at=NOON) is None
    MachineClient.objects.update(revoked_at=None)
    assert grant_of(token, at=NOON)
    revoke_key(key, at=NOON)
    assert grant_of(token, at=NOON) is None
    assert key_with_secret(client_id=machine.client_id, secret=secret, at=NOON) is None


def test_whoever_tries_secrets_out_has_to_wait(
    client: Client, machine: MachineClient, secret: str
) -> None:
    headers = {**basic(machine.client_id, "x"), "x-forwarded-for": "198.51.100.1"}
    for turn in range(60):
        headers["x-forwarded-for"] = f"198.51.100.{turn}"  # which nobody believes
        assert posts(client, GRANT, headers=headers).status_code == 401
    answer = posts(client, GRANT, headers=basic(machine.client_id, secret))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


# --- rotation -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [SECRET, LONG])
def test_two_keys_serve_until_the_old_one_ends(machine: MachineClient, kind: str) -> None:
    old = issue_key(client=machine, kind=kind, at=NOON)
    new = issue_key(client=machine, kind=kind, at=NOON, old_until=NOON + timedelta(days=3))
    for days, valid in ((0, {old.key, new.key}), (2, {old.key, new.key}), (3, {new.key})):
        assert set(clients.valid_keys(at=NOON + timedelta(days=days))) == valid


def test_a_third_key_is_refused_until_one_is_revoked(machine: MachineClient) -> None:
    first = issue_key(client=machine, kind=LONG, at=NOON)
    issue_key(client=machine, kind=LONG, at=NOON)
    with pytest.raises(TooManyKeys):
        issue_key(client=machine, kind=LONG, at=NOON)
    issue_key(client=machine, kind=SECRET, at=NOON)
    revoke_key(first.key, at=NOON)
    assert issue_key(client=machine, kind=LONG, at=NOON)


def test_a_key_that_ends_sooner_is_not_made_to_last_longer(machine: MachineClient) -> None:
    soon, later = NOON + timedelta(days=1), NOON + timedelta(days=9)
    old = issue_key(client=machine, kind=LONG, at=NOON, expires_at=soon).key
    issue_key(client=machine, kind=LONG, at=NOON, old_until=later)
    old.refresh_from_db()
    assert old.expires_at == soon


def test_each_key_says_when_it_was_used_last(machine: MachineClient) -> None:
    used = issue_key(client=machine, kind=LONG, at=NOON)
    unused = issue_key(client=machine, kind=LONG, at=NOON)
    grant_of(used.words, at=NOON)
    days = [ClientKey.objects.get(pk=one.key.pk).last_used_on for one in (used, unused)]
    assert days == [NOON.date(), None]


# --- whence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("networks", "address", "status"),
    [
        ("", "203.0.113.7", 200),
        ("203.0.113.0/24", "203.0.113.7", 200),
        ("203.0.113.0/24\n2001:db8::/32", "2001:db8::5", 200),
        ("203.0.113.7", "::ffff:203.0.113.7", 200),
        ("203.0.113.0/24", "203.0.114.7", 403),
        ("2001:db8::/32", "203.0.113.7", 403),
        ("203.0.113.0/24", "", 403),
    ],
)
def test_a_client_comes_from_its_networks_alone(
    client: Client, machine: MachineClient, secret: str, networks: str, address: str, status: int
) -> None:
    MachineClient.objects.update(networks=networks)
    long_lived = issue_key(client=machine, kind=LONG, at=NOON).words
    for path in (API, f"{API}/changes", f"{API}/digest", f"{API}/dictionary"):
        assert opens(client, long_lived, path, REMOTE_ADDR=address) == status
    own = basic(machine.client_id, secret)
    assert asks(client, GRANT, headers=own, REMOTE_ADDR=address)[0] == status


def test_the_address_is_the_one_that_the_trusted_proxy_saw(
    client: Client, machine: MachineClient, settings: Any
) -> None:
    MachineClient.objects.update(networks="203.0.113.0/24")
    token = issue_key(client=machine, kind=LONG, at=NOON).words
    said = {"authorization": f"Bearer {token}", "x-forwarded-for": "203.0.113.9, 198.51.100.1"}
    assert client.get(API, headers=said).status_code == 403
    settings.TRUSTED_PROXIES = 1
    assert "198.51.100.1" in client.get(API, headers=said).json()["detail"]
    settings.TRUSTED_PROXIES = 2
    assert client.get(API, headers=said).status_code == 200
