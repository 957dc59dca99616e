"""Accounts: one for each address, a name in two scripts, an opaque id, a token for machines."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from people.actors import actor_id, people_of, person_key
from people.clients import client_of, issue_token
from people.models import Actor, ClientKey, MachineClient, Mandate, User
from people.templatetags.accounts import device
from tests.factories.people import InstitutionFactory, ProfessionFactory, UserFactory
from tests.support import sign_in

pytestmark = pytest.mark.django_db


def test_an_account_needs_an_address() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_an_account_comes_with_its_opaque_id() -> None:
    user = User.objects.create_user("ana@example.org")
    assert Actor.objects.get().user == user


def test_an_address_has_one_account_whatever_its_case() -> None:
    UserFactory(email="Ana@Example.org")
    with pytest.raises(IntegrityError):
        User.objects.create(email="ANA@example.org")


def test_a_name_is_shown_in_the_script_of_the_page() -> None:
    user = UserFactory(name_cyrillic="Јелена Узорковић", name_latin="Jelena Uzorković")
    shown = {}
    for code in ("en", "sr", "sr-latn"):
        with override(code):
            shown[code] = user.display_name
    assert shown == {
        "en": "Jelena Uzorković",
        "sr": "Јелена Узорковић",
        "sr-latn": "Jelena Uzorković",
    }
    assert user.short_name == "Jelena U."


def test_a_name_in_one_script_only_is_shown_everywhere() -> None:
    assert UserFactory(name_latin="").display_name == "Јелена Узорковић"


def test_a_corrected_name_is_not_overwritten(client: Client, learner: User) -> None:
    form = {
        "name_cyrillic": "Џејн До",
        "name_latin": "Jane Doe",
        "profession": learner.profession_id,
        "institution": learner.institution_id,
        "municipality": "Ниш",
        "language": "sr",
    }
    sign_in(client, learner).post(reverse("profile"), form)
    learner.refresh_from_db()
    assert (learner.name_cyrillic, learner.name_latin) == ("Џејн До", "Jane Doe")


def test_a_profile_needs_a_name_in_one_script(client: Client, learner: User) -> None:
    form = {"profession": learner.profession_id, "institution": learner.institution_id}
    response = sign_in(client, learner).post(reverse("profile"), form | {"language": "sr"})
    assert "name_cyrillic" in response.context["form"].errors


def test_a_profile_asks_for_what_sign_up_asks_for(client: Client) -> None:
    """Whoever has none from earlier days keeps the account as it is, until the profile is saved."""
    person = UserFactory(municipality="")
    names = {"name_cyrillic": person.name_cyrillic, "name_latin": person.name_latin}
    about = {"profession": person.profession_id, "institution": person.institution_id}
    sign_in(client, person)
    assert client.get(reverse("my_learning")).status_code == 200
    answer = client.post(reverse("profile"), names | about | {"language": "sr"})
    assert "municipality" in answer.context["form"].errors
    assert "(optional)" not in answer.context["form"].fields["municipality"].label
    person.refresh_from_db()
    assert person.municipality == ""


def test_an_opaque_id_is_one_for_each_person_and_says_nothing() -> None:
    jelena, marko = UserFactory(), UserFactory()
    assert actor_id(jelena) == actor_id(User.objects.get(pk=jelena.pk)) != actor_id(marko)
    assert Actor.objects.count() == 2
    assert people_of([actor_id(jelena), uuid4()]) == {actor_id(jelena): jelena}


def test_a_person_key_differs_from_reader_to_reader() -> None:
    person, academy, ministry = uuid4(), uuid4(), uuid4()
    assert person_key(person, academy) == person_key(person, academy)
    assert person_key(person, academy) != person_key(person, ministry)
    assert person_key(person, academy) != person_key(uuid4(), academy)
    assert str(person)[:8] not in person_key(person, academy)


def test_a_new_secret_of_the_site_makes_nobody_a_stranger(settings: Any) -> None:
    """As long as the former one stays where person keys are made with it."""
    person, academy = uuid4(), uuid4()
    before, former = person_key(person, academy), settings.SECRET_KEY
    settings.SECRET_KEY = "another-" + "z" * 50
    assert person_key(person, academy) != before
    settings.PERSON_KEYS_SECRET = former
    assert person_key(person, academy) == before


NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_a_token_is_kept_as_a_hash_only() -> None:
    client, token = issue_token(name="Academy")
    assert client_of(token, at=NOON) == client
    assert token not in str(ClientKey.objects.values().get())
    assert ClientKey.objects.get().last_used_on == NOON.date()


def test_a_wrong_expired_or_revoked_token_opens_nothing() -> None:
    _client, token = issue_token(name="Academy", expires_at=NOON)
    assert client_of(token, at=NOON - timedelta(seconds=1))
    assert client_of(token, at=NOON) is None
    assert client_of(token[:-1], at=NOON - timedelta(days=1)) is None
    assert client_of("", at=NOON) is None
    MachineClient.objects.update(revoked_at=NOON)
    assert client_of(token, at=NOON - timedelta(days=1)) is None


def test_the_command_makes_a_client_with_its_mandate(
    capsys: pytest.CaptureFixture[str],
) -> None:
    root, judge = InstitutionFactory(), ProfessionFactory(key="judge")
    call_command("api_client", "Academy", institution=[str(root.key)], profession=["judge"])
    assert '"token": "ptk_' in capsys.readouterr().out
    mandate = Mandate.objects.get()
    assert list(mandate.institutions.all()) == [root]
    assert list(mandate.professions.all()) == [judge]
    assert not mandate.identified


def test_the_command_knows_an_institution_by_name_and_lists_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    root, _judge = InstitutionFactory(name_sr="Управа А"), ProfessionFactory(key="judge")
    call_command("api_client", list=True)
    listed = capsys.readouterr().out
    assert f"{root.key}  Управа А" in listed
    assert "judge" in listed
    call_command("api_client", "Academy", institution=["Управа А"], profession=["judge"])
    assert list(Mandate.objects.get().institutions.all()) == [root]


@pytest.mark.parametrize(
    ("institution", "profession"),
    [
        ("00000000-0000-4000-8000-000000000000", "judge"),
        ("not-a-key", "judge"),
        (None, "astronaut"),
    ],
)
def test_the_command_refuses_what_there_is_not(institution: str | None, profession: str) -> None:
    root, _judge = InstitutionFactory(), ProfessionFactory(key="judge")
    with pytest.raises(CommandError, match="--list"):
        call_command(
            "api_client",
            "Academy",
            institution=[institution or str(root.key)],
            profession=[profession],
        )
    assert not MachineClient.objects.exists()


def test_the_command_refuses_a_name_that_is_taken_or_means_two() -> None:
    InstitutionFactory(name_sr="Управа А"), InstitutionFactory(name_sr="Управа А")
    ProfessionFactory(key="judge")
    with pytest.raises(CommandError, match="more than one"):
        call_command("api_client", "Academy", institution=["Управа А"], profession=["judge"])
    issue_token(name="Academy")
    with pytest.raises(CommandError, match="already"):
        call_command("api_client", "Academy", institution=["Управа А"], profession=["judge"])


# --- the name in the other script -----------------------------------------------------------


def change_name(client: Client, person: User, cyrillic: str, latin: str) -> list[str]:
    """Save the profile; return what the page says."""
    about = {"profession": person.profession_id, "institution": person.institution_id}
    about |= {"municipality": "Ниш"}
    names = {"name_cyrillic": cyrillic, "name_latin": latin, "language": "en"}
    answer = sign_in(client, person).post(reverse("profile"), about | names, follow=True)
    person.refresh_from_db()
    return [str(message) for message in answer.context["messages"]]


def test_a_name_changed_in_one_script_is_changed_in_the_other(client: Client) -> None:
    person = UserFactory(name_cyrillic="Јелена Узорковић", name_latin="Jelena Uzorković")
    said = change_name(client, person, "Јелена Примерић", "Jelena Uzorković")
    assert person.name_latin == "Jelena Primerić"
    assert "Jelena Primerić" in said[1]
    change_name(client, person, "Јелена Примерић", "Jelena Ljubić")
    assert person.name_cyrillic == "Јелена Љубић"


def test_a_name_with_a_form_of_its_own_is_left_and_asked_about(client: Client) -> None:
    person = UserFactory(name_cyrillic="Џејн До", name_latin="Jane Doe")
    said = change_name(client, person, "Џејн Роу", "Jane Doe")
    assert (person.name_cyrillic, person.name_latin) == ("Џејн Роу", "Jane Doe")
    assert "one script only" in said[1]


def test_a_cyrillic_name_is_written_in_cyrillic(client: Client) -> None:
    person = UserFactory()
    change_name(client, person, "Jelena Uzorković", "Jelena Uzorković")
    assert person.name_cyrillic == "Јелена Узорковић"


# --- the pages about one's own account ------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["account_email", "account_change_password", "mfa_index", "usersessions_list"]
)
def test_every_page_about_the_account_leads_back_to_the_profile(client: Client, name: str) -> None:
    person = UserFactory(password="correct horse battery")
    page = sign_in(client, person).get(reverse(name)).content.decode()
    assert f'<p class="crumbs"><a href="{reverse("profile")}">' in page


@pytest.mark.parametrize(
    ("user_agent", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Firefox/133.0", "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("curl/8.5", "Unknown device"),
    ],
)
def test_a_session_is_called_by_its_device(user_agent: str, shown: str) -> None:
    assert device(user_agent) == shown
