"""An administrator says to which record stores statements go on; nobody else does."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from lrs.forwarding.sealing import unseal
from lrs.forwarding.targets import save
from lrs.models import Forwarding, Letter
from people.models import User
from tests.cms.conftest import sign_in
from xapi.verbs import COMPLETED

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]
LIST, ADD = "lrs_forwarding:index", "lrs_forwarding:add"
ENDPOINT, SECRET = "https://lrs.example.rs/xapi/", "nobody-sees-this"


@pytest.fixture
def admin(as_role: AsRole) -> Client:
    return as_role("administrator")


def asked(**more: Any) -> dict[str, Any]:
    return {
        "name": "Judicial Academy",
        "endpoint": ENDPOINT,
        "username": "key",
        "new_secret": SECRET,
        "version": "1.0.3",
        "only_ours": "on",
        "verbs": "",
        "since": "",
        **more,
    }


def target(**more: Any) -> Forwarding:
    made = Forwarding(name="Judicial Academy", endpoint=ENDPOINT, username="key", **more)
    save(made, secret=SECRET)
    return made


def refused(made: Forwarding, sequence: int = 1) -> Letter:
    return Letter.objects.create(
        forwarding=made,
        sequence=sequence,
        statement=uuid4(),
        learner=7,
        reason="400: <b>not this verb</b>",
        tries=1,
        last_try=timezone.now(),
    )


def address(name: str, made: Forwarding) -> str:
    return reverse(f"lrs_forwarding:{name}", args=[made.pk])


def actions(made: Forwarding) -> list[str]:
    entries = ModelLogEntry.objects.filter(object_id=str(made.pk)).order_by("pk")
    return [entry.action for entry in entries]


def test_a_target_is_made_and_its_secret_never_shown(admin: Client) -> None:
    shown = admin.get(reverse(ADD)).content.decode()
    assert 'type="password"' in shown
    answer = admin.post(reverse(ADD), asked(verbs=f"{COMPLETED.id}\n", since="2026-11-01 08:00"))
    assert answer.status_code == 302
    made = Forwarding.objects.get()
    assert (made.endpoint, made.verbs, made.only_ours) == (ENDPOINT, [COMPLETED.id], True)
    assert made.since is not None
    assert unseal(made.secret) == SECRET
    pages = [reverse(LIST), address("edit", made), address("pause", made), address("history", made)]
    for page in pages:
        content = admin.get(page)
        assert content.status_code == 200
        assert SECRET not in content.content.decode()
        assert made.secret not in content.content.decode()
    assert SECRET not in str(list(ModelLogEntry.objects.values()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": "https://user:word@lrs.example.rs/"},
        {"endpoint": "lrs"},
        {"new_secret": ""},
        {"version": "0.9"},
        {"verbs": "completed"},
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(admin: Client, wrong: dict[str, Any]) -> None:
    answer = admin.post(reverse(ADD), asked(**wrong))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == list(wrong)
    assert not Forwarding.objects.exists()


def test_plain_http_is_for_the_demo_alone(admin: Client, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    admin.post(reverse(ADD), asked(endpoint="http://lrs.example.rs/"))
    assert not Forwarding.objects.exists()


def test_editing_keeps_the_secret_and_the_place(admin: Client, at: datetime) -> None:
    made = target(since=at, sequence=5, epoch=uuid4())
    answer = admin.post(address("edit", made), asked(name="Academy", new_secret=""))
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.name, made.sequence, made.since) == ("Academy", 5, at)
    assert unseal(made.secret) == SECRET
    admin.post(address("edit", made), asked(new_secret="another"))
    made.refresh_from_db()
    assert unseal(made.secret) == "another"


def test_a_kept_secret_goes_to_no_other_address(admin: Client) -> None:
    made = target()
    answer = admin.post(
        address("edit", made), asked(endpoint="https://elsewhere.example/", new_secret="")
    )
    assert list(answer.context["form"].errors) == ["new_secret"]
    made.refresh_from_db()
    assert made.endpoint == ENDPOINT


def test_the_list_tells_how_a_target_stands(admin: Client, at: datetime) -> None:
    made = target(delivered_through=at, last_success=at)
    assert "Nothing waits" in admin.get(reverse(LIST)).content.decode()
    refused(made)
    Forwarding.objects.update(failures=2, paused_reason="503: <i>not now</i>", next_try=at)
    shown = admin.get(reverse(LIST)).content.decode()
    for words in ("waits for the other store", "503: &lt;i&gt;not now", "Refused: 1", "Next try"):
        assert words in shown
    with translation.override("sr"):
        assert admin.get(reverse(LIST)).status_code == 200


def test_pausing_and_going_on(admin: Client) -> None:
    made = target(failures=3, paused_reason="503", next_try=timezone.now())
    assert admin.get(address("pause", made)).status_code == 200
    made.refresh_from_db()
    assert made.is_active
    admin.post(address("pause", made))
    made.refresh_from_db()
    assert not made.is_active
    assert "paused by an administrator" in admin.get(reverse(LIST)).content.decode()
    admin.post(address("resume", made))
    made.refresh_from_db()
    assert (made.is_active, made.failures, made.next_try) == (True, 0, None)
    assert actions(made) == ["lrs.forwarding.pause", "lrs.forwarding.resume"]
    history = admin.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert "Resumed" in history


def test_back_filling_from_a_date_or_from_the_beginning(admin: Client, at: datetime) -> None:
    made = target(since=at)
    assert admin.get(address("back_fill", made)).status_code == 200
    assert admin.post(address("back_fill", made), {"since": "soon"}).status_code == 200
    admin.post(address("back_fill", made), {"since": "2026-11-01 08:00"})
    made.refresh_from_db()
    assert made.since is not None
    assert made.since < at
    admin.post(address("back_fill", made), {"since": ""})
    made.refresh_from_db()
    assert made.since is None
    assert actions(made) == ["lrs.forwarding.back_fill"] * 2


def test_refused_statements_are_sent_again_one_or_all(admin: Client) -> None:
    made, other = target(), target()
    letters = [refused(made, sequence) for sequence in (1, 2, 3)]
    elsewhere = refused(other)
    shown = admin.get(address("letters", made)).content.decode()
    assert "400: &lt;b&gt;not this verb" in shown
    assert all(str(letter.statement) in shown for letter in letters)
    admin.post(address("letters", made), {"letter": letters[1].pk})
    assert Letter.objects.exclude(next_try=None).get() == letters[1]
    for wrong in (elsewhere.pk, "x"):
        answer = admin.post(address("letters", made), {"letter": wrong}, follow=True)
        assert answer.status_code in (404, 405)
    assert Letter.objects.exclude(next_try=None).count() == 1
    admin.post(address("letters", made))
    assert Letter.objects.filter(next_try=None).get() == elsewhere
    assert "There are none" in admin.get(address("letters", made)).content.decode()
    assert actions(made) == ["lrs.forwarding.send_again"] * 2


def test_a_target_is_deleted_with_its_letters(admin: Client) -> None:
    made = target()
    refused(made)
    admin.post(address("delete", made))
    assert not Forwarding.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_else_gets_in(role: str, as_role: AsRole) -> None:
    made = target()
    letter = refused(made)
    before = Forwarding.objects.values().get()
    browser = as_role(role)
    names = ("edit", "delete", "history", "pause", "resume", "back_fill", "letters")
    addresses = [reverse(LIST), reverse(ADD), *(address(name, made) for name in names)]
    for one in addresses:
        answer = browser.get(one, follow=True)
        assert ENDPOINT not in answer.content.decode()
        browser.post(one, asked(endpoint="https://evil.example/"))
    assert Forwarding.objects.values().get() == before
    letter.refresh_from_db()
    assert letter.next_try is None


def test_an_administrator_without_the_second_factor_does_not_get_in_either(course: Any) -> None:
    root = User.objects.create_superuser("root@example.org", "x")
    browser = sign_in(root, second_factor=False)
    assert browser.post(reverse(ADD), asked()).status_code == 302
    assert not Forwarding.objects.exists()


def test_a_visitor_is_led_to_the_sign_in_page(course: Any, client: Client) -> None:
    made = target()
    assert client.post(reverse(ADD), asked()).status_code == 302
    assert client.post(address("delete", made)).status_code == 302
    assert Forwarding.objects.count() == 1
