"""Nobody with a role gets further than a visitor with a password alone."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.test import Client
from django.urls import reverse

from people.models import User
from people.roles import ROLES, TRAINER, needs_second_factor, sync_groups
from people.second_factor import current_code, enrol_totp, has_second_factor
from tests.factories.courses import home
from tests.factories.people import UserFactory
from tests.support import sign_in

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "correct horse battery"


def person_with(role: str) -> User:
    user = UserFactory(password=PASSWORD)
    user.groups.add(sync_groups()[role])
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(counters()))))


@pytest.mark.parametrize("role", ROLES)
def test_every_role_needs_one(role: str) -> None:
    assert needs_second_factor(person_with(role))


def test_a_learner_needs_none_and_staff_do() -> None:
    assert not needs_second_factor(UserFactory())
    assert needs_second_factor(User.objects.create_superuser("root@example.org", PASSWORD))


@pytest.mark.parametrize(
    "address",
    ["/cms/", "/cms/pages/", "/cms/account/", "/cms/snippets/", "/en/my/", "/en/reports/"],
)
def test_without_one_a_trainer_is_led_to_set_it_up(client: Client, address: str) -> None:
    sign_in(client, person_with(TRAINER))
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_activate_totp"))


@pytest.mark.parametrize("address", ["/en/", "/sr-latn/verify/", "/", "/healthz"])
def test_what_every_visitor_may_read_stays_open(client: Client, address: str) -> None:
    home()
    sign_in(client, person_with(TRAINER))
    assert client.get(address, follow=True).status_code == 200


def test_a_role_without_the_factor_has_a_name_and_no_rights(client: Client) -> None:
    home()
    root = User.objects.create_superuser("root@example.org", PASSWORD, name_latin="Ana Uzor")
    page = sign_in(client, root).get("/en/")
    assert "Ana U." in page.content.decode()
    assert reverse("wagtailadmin_home") not in page.content.decode()
    asking = page.wsgi_request.user
    assert not asking.is_authenticated
    assert not asking.has_perm("people.view_user")
    # The way on is in the bar, and so is the way out.
    assert client.get(reverse("my_learning"))["Location"] == reverse("mfa_activate_totp")
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_the_way_there_is_open(client: Client) -> None:
    trainer = person_with(TRAINER)
    client.post(reverse("account_login"), {"login": trainer.email, "password": PASSWORD})
    assert client.get("/en/my/")["Location"] == reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    code = code_for(client.session["mfa.totp.secret"])
    client.post(reverse("mfa_activate_totp"), {"code": code})
    assert has_second_factor(trainer)
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert f'class="btn" href="{reverse("my_learning")}"' in codes  # the way on


def test_the_api_says_no_in_json(client: Client) -> None:
    response = sign_in(client, person_with(TRAINER)).get("/api/v1/completions")
    assert response.status_code == 403
    assert response.json() == {"detail": "A second factor is required."}


def test_a_session_without_the_code_is_ended(client: Client) -> None:
    trainer = person_with(TRAINER)
    enrol_totp(user=trainer, secret=SECRET)
    response = sign_in(client, trainer).get("/cms/")
    assert (response.status_code, response["Location"]) == (302, reverse("account_login"))
    assert not client.session.get("_auth_user_id")


def test_with_password_and_code_the_cms_opens(client: Client) -> None:
    admin = User.objects.create_superuser("root@example.org", PASSWORD)
    admin.emailaddress_set.create(email=admin.email, verified=True, primary=True)
    enrol_totp(user=admin, secret=SECRET)
    login = {"login": admin.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), login)["Location"] == reverse("mfa_authenticate")
    assert client.get("/cms/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_for(SECRET)})
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("address", ["/cms/login/", "/cms/password_reset/"])
def test_wagtails_own_doors_lead_to_ours(client: Client, address: str) -> None:
    assert "/en/account/" in client.get(address)["Location"]


def test_codes_are_shown_for_demo_accounts_only() -> None:
    demo, real = UserFactory(is_demo=True), UserFactory()
    for user in (demo, real):
        enrol_totp(user=user, secret=SECRET)
        assert has_second_factor(user)
    assert len(current_code(demo)) == 6
    with pytest.raises(PermissionError):
        current_code(real)
