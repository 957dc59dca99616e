"""An administrator makes, renews and revokes credentials of the record store; nobody else does."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry

from lrs.access import forget_verified, holder_of
from lrs.credentials import create, revoke
from lrs.models import Credential
from lrs.refusals import Unauthorized
from people.models import User
from tests.cms.conftest import sign_in

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]
LIST, ADD = "lrs_credentials:index", "lrs_credentials:add"
ANA = {"account": {"homePage": "https://example.org", "name": "ana"}}


@pytest.fixture(autouse=True)
def _nobody_known() -> None:
    forget_verified()


@pytest.fixture
def admin(as_role: AsRole) -> Client:
    return as_role("administrator")


def asked(**more: Any) -> dict[str, Any]:
    return {"name": "Simulator", "scopes": ["state", "statements/write"], **more}


def facts(page: str) -> dict[str, str]:
    """Return what the page offers to copy."""
    found = re.search(r"<pre[^>]*>(\{.*?\})</pre>", page, re.DOTALL)
    assert found, page
    shown: dict[str, str] = json.loads(unescape(found[1]))
    return shown


def opens(key: str, secret: str) -> bool:
    try:
        return holder_of(f"Bearer {key}.{secret}").key == key
    except Unauthorized:
        return False


def act(browser: Client, name: str, credential: Credential) -> Any:
    return browser.post(reverse(f"lrs_credentials:{name}", args=[credential.pk]))


def test_a_secret_is_shown_once_and_never_again(admin: Client) -> None:
    answer = admin.post(reverse(ADD), asked())
    assert "no-store" in answer["Cache-Control"]
    shown = facts(answer.content.decode())
    assert opens(shown["key"], shown["secret"])
    assert shown["endpoint"].endswith("/xapi/")
    assert f"-u {shown['key']}:{shown['secret']}" in answer.content.decode()
    credential = Credential.objects.get()
    assert credential.scopes == ["statements/write", "state"]
    pages = [admin.get(reverse(name)) for name in (LIST, ADD, "wagtailadmin_home")]
    pages += [
        admin.get(reverse(f"lrs_credentials:{name}", args=[credential.pk]))
        for name in ("rotate", "revoke")
    ]
    for page in pages:
        assert page.status_code == 200
        assert shown["secret"] not in page.content.decode()
        assert credential.secret_hash not in page.content.decode()
    assert shown["secret"] not in str(dict(admin.session))
    assert shown["secret"] not in str(list(ModelLogEntry.objects.values()))


def test_bounds_are_kept_and_listed(admin: Client) -> None:
    registration = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"
    ends = timezone.now() + timedelta(days=30)
    admin.post(
        reverse(ADD),
        asked(
            registration=registration,
            agent=json.dumps(ANA),
            activity_prefix="https://example.org/course/",
            expires_at=ends.strftime("%Y-%m-%d %H:%M"),
        ),
    )
    made = Credential.objects.get()
    assert (str(made.registration), made.agent) == (registration, ANA)
    assert made.activity_prefix == "https://example.org/course/"
    assert made.expires_at is not None
    listed = admin.get(reverse(LIST)).content.decode()
    shown = (made.key, registration, "ana", made.activity_prefix, "write statements")
    ends_at = date_format(timezone.localtime(made.expires_at), "SHORT_DATETIME_FORMAT")
    for words in (*shown, ends_at):
        assert words in listed


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["statements/delete"]},
        {"registration": "7"},
        {"agent": "ana"},
        {"agent": "[]"},
        {"agent": "{}"},
        {"agent": '{"objectType": "Group", "member": []}'},
        {"agent": '"ana"'},
        {"activity_prefix": "course"},
        {"expires_at": "2001-01-01 00:00"},
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(admin: Client, wrong: dict[str, Any]) -> None:
    answer = admin.post(reverse(ADD), asked(**wrong))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == list(wrong)
    assert not Credential.objects.exists()


def test_a_new_secret_ends_the_old_one(admin: Client) -> None:
    issued = create(name="Simulator", scopes=["all"])
    assert opens(issued.key, issued.secret)
    asks = admin.get(reverse("lrs_credentials:rotate", args=[issued.credential.pk]))
    assert "Make a new secret" in asks.content.decode()
    assert opens(issued.key, issued.secret)
    shown = facts(act(admin, "rotate", issued.credential).content.decode())
    assert shown["key"] == issued.key
    assert opens(issued.key, shown["secret"])
    assert not opens(issued.key, issued.secret)


def test_a_revoked_credential_opens_nothing_for_good(admin: Client) -> None:
    issued = create(name="Simulator", scopes=["all"])
    asks = admin.get(reverse("lrs_credentials:revoke", args=[issued.credential.pk]))
    assert "Revoke for good" in asks.content.decode()
    assert opens(issued.key, issued.secret)
    assert act(admin, "revoke", issued.credential).status_code == 302
    assert not opens(issued.key, issued.secret)
    again = act(admin, "rotate", issued.credential)
    assert again["Location"] == reverse(LIST)
    listed = admin.get(reverse(LIST)).content.decode()
    assert issued.key in listed
    assert "New secret…" not in listed


def test_the_history_says_who_did_what(admin: Client) -> None:
    admin.post(reverse(ADD), asked())
    credential = Credential.objects.get()
    act(admin, "rotate", credential)
    act(admin, "revoke", credential)
    entries = ModelLogEntry.objects.filter(object_id=str(credential.pk)).order_by("pk")
    assert [entry.action for entry in entries] == [
        "wagtail.create",
        "lrs.credential.rotate",
        "lrs.credential.revoke",
    ]
    assert all(entry.user_id for entry in entries)
    history = admin.get(reverse("wagtailadmin_reports:site_history"))
    assert history.status_code == 200
    assert "Got a new secret" in history.content.decode()


def test_the_list_is_filtered_by_state(admin: Client, at: datetime) -> None:
    valid = create(name="Valid one", scopes=["all"])
    expired = create(
        name="Expired one", scopes=["all"], expires_at=datetime(2001, 1, 1).astimezone()
    )
    revoked = create(name="Revoked one", scopes=["all"])
    revoke(revoked.credential, at=at)
    everyone = {valid.key, expired.key, revoked.key}
    wanted = {
        "": everyone,
        "valid": {valid.key},
        "expired": {expired.key},
        "revoked": {revoked.key},
    }
    for state, keys in wanted.items():
        page = admin.get(reverse(LIST), {"state": state}).content.decode()
        assert {key for key in everyone if key in page} == keys
    found = admin.get(reverse(LIST), {"q": "Revoked"}).content.decode()
    assert {key for key in everyone if key in found} == {revoked.key}


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_else_gets_in(role: str, as_role: AsRole) -> None:
    issued = create(name="Simulator", scopes=["all"])
    browser = as_role(role)
    for name, about in ((LIST, []), (ADD, []), ("lrs_credentials:index_results", [])):
        answer = browser.get(reverse(name, args=about), follow=True)
        assert issued.key not in answer.content.decode()
    browser.post(reverse(ADD), asked())
    for name in ("rotate", "revoke"):
        answer = act(browser, name, issued.credential)
        assert "secret" not in answer.content.decode()
    assert list(Credential.objects.all()) == [issued.credential]
    assert opens(issued.key, issued.secret)


def test_an_administrator_without_the_second_factor_does_not_get_in_either(course: Any) -> None:
    root = User.objects.create_superuser("root@example.org", "x")
    browser = sign_in(root, second_factor=False)
    assert browser.post(reverse(ADD), asked()).status_code == 302
    assert not Credential.objects.exists()


def test_a_visitor_is_led_to_the_sign_in_page(course: Any, client: Client) -> None:
    assert client.post(reverse(ADD), asked()).status_code == 302
    assert not Credential.objects.exists()


def test_nobody_edits_or_deletes_a_credential(course: Any) -> None:
    """Statements name it as their authority for good."""
    root = sign_in(User.objects.create_superuser("root@example.org", "x"))
    pk = create(name="Simulator", scopes=["all"]).credential.pk
    for address in (f"edit/{pk}/", f"delete/{pk}/", f"{pk}/edit/", f"{pk}/delete/"):
        assert root.post(f"/cms/lrs-credentials/{address}", follow=True).status_code == 404
    assert Credential.objects.exists()
