"""Signing up: two minutes, one page, a name in both scripts."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from people.models import Actor, User
from people.signup import PRIVACY_VERSION, SignupForm
from tests.factories.courses import home
from tests.factories.people import InstitutionFactory, ProfessionFactory, UserFactory
from tests.support import sign_in

pytestmark = pytest.mark.django_db

EMAIL = "jelena@example.org"


@pytest.fixture
def form() -> dict[str, Any]:
    return {
        "name": "Јелена  Узорковић",
        "email": EMAIL,
        "password1": "correct horse battery",
        "profession": ProfessionFactory().pk,
        "institution": InstitutionFactory().pk,
        "municipality": "Ниш",
        "personnel_number": "A-17",
        "language": "sr-latn",
        "privacy": "on",
    }


def test_institutions_stand_in_their_tree_by_the_alphabet_of_the_reader() -> None:
    """Those at the top as they were planted; each one's own below it by name."""
    council = InstitutionFactory(name_sr="Савет", name_en="Zenith council")
    InstitutionFactory(name_sr="Друго", name_en="Another")
    court = InstitutionFactory(parent=council, name_sr="Џвиши суд", name_en="A court")
    InstitutionFactory(parent=council, name_sr="Ћуприја", name_en="C court")
    InstitutionFactory(parent=council, name_sr="Љиг", name_en="B court")
    InstitutionFactory(parent=court, name_sr="Одељење", name_en="Department")
    field = SignupForm().fields["institution"]

    def names(language: str) -> list[str]:
        with override(language):
            return [str(label).strip() for value, label in field.choices if value]

    assert names("sr") == ["Савет", "Љиг", "Ћуприја", "Џвиши суд", "Одељење", "Друго"]
    assert names("sr-latn") == ["Савет", "Ћуприја", "Џвиши суд", "Одељење", "Љиг", "Друго"]
    assert names("en") == [
        "Zenith council",
        "A court",
        "Department",
        "B court",
        "C court",
        "Another",
    ]


def sign_up(client: Client, form: dict[str, Any]) -> Any:
    return client.post(reverse("account_signup"), form)


def test_every_answer_is_kept(client: Client, form: dict[str, Any]) -> None:
    response = sign_up(client, form)
    assert response["Location"] == reverse("account_email_verification_sent")
    user = User.objects.get()
    assert (user.email, user.name_cyrillic) == (EMAIL, "Јелена Узорковић")
    assert (user.profession_id, user.institution_id) == (form["profession"], form["institution"])
    assert (user.municipality, user.personnel_number) == ("Ниш", "A-17")
    assert (user.language, user.privacy_version) == ("sr-latn", PRIVACY_VERSION)
    assert user.privacy_accepted_at is not None
    assert Actor.objects.get().user == user


@pytest.mark.parametrize("name", ["Јелена Узорковић", "Jelena Uzorković"])
def test_the_other_script_is_proposed(client: Client, form: dict[str, Any], name: str) -> None:
    sign_up(client, form | {"name": name})
    user = User.objects.get()
    assert (user.name_cyrillic, user.name_latin) == ("Јелена Узорковић", "Jelena Uzorković")


def test_the_address_must_be_confirmed_before_signing_in(
    client: Client, form: dict[str, Any]
) -> None:
    sign_up(client, form)
    link = next(word for word in mail.outbox[0].body.split() if "confirm-email" in word)
    assert client.get(reverse("my_learning")).status_code == 302
    client.post(link.removeprefix(settings.SITE_URL))
    client.post(reverse("account_login"), {"login": EMAIL, "password": form["password1"]})
    assert client.get(reverse("my_learning")).status_code == 200


@pytest.mark.parametrize(
    "missing", ["name", "profession", "institution", "municipality", "privacy", "email"]
)
def test_what_is_needed_is_asked_for(client: Client, form: dict[str, Any], missing: str) -> None:
    response = sign_up(client, form | {missing: ""})
    assert response.status_code == 200
    assert missing in response.context["form"].errors
    assert not User.objects.exists()


def test_nobody_learns_who_has_an_account(client: Client, form: dict[str, Any]) -> None:
    first = sign_up(client, form)
    again = sign_up(Client(), form | {"email": EMAIL.upper(), "name": "Неко Други"})
    assert again["Location"] == first["Location"]
    assert User.objects.get().name_cyrillic == "Јелена Узорковић"
    assert "already" in mail.outbox[-1].body


def test_mail_is_written_in_the_readers_script(client: Client, form: dict[str, Any]) -> None:
    client.post("/sr-latn/account/signup/", form)
    letters = mail.outbox[0].subject + mail.outbox[0].body
    assert not [char for char in letters if "\u0400" <= char <= "\u04ff"]


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_the_privacy_notice_can_be_read_before_accepting_it(
    client: Client, db: None, language: str
) -> None:
    page = client.get(f"/{language}/account/signup/").content.decode()
    assert f'href="/{language}/privacy/" target' in page


@pytest.mark.parametrize("number", ["0101990710006", "0101 990 710 006", "0101990-71-0006"])
def test_a_jmbg_is_never_kept(client: Client, form: dict[str, Any], number: str) -> None:
    response = sign_up(client, form | {"personnel_number": number})
    assert "JMBG" in response.context["form"].errors["personnel_number"][0]
    assert not User.objects.exists()
    learner = UserFactory()
    about = {"name_cyrillic": "А Б", "profession": learner.profession_id, "language": "en"}
    about |= {"institution": learner.institution_id, "personnel_number": number}
    answer = sign_in(client, learner).post(reverse("profile"), about)
    assert "JMBG" in answer.context["form"].errors["personnel_number"][0]


def test_only_what_is_kept_is_called_kept(client: Client, form: dict[str, Any]) -> None:
    again = sign_up(client, form | {"municipality": ""}).content.decode()
    assert "Nothing you typed is lost" not in again
    assert "Only the password has to be typed once more" in again
    wrong = client.post(reverse("account_login"), {"login": EMAIL, "password": "wrong"})
    assert "Nothing you typed is lost" not in wrong.content.decode()


def test_mail_names_the_site_and_leads_to_its_address(
    client: Client, form: dict[str, Any], settings: Any
) -> None:
    settings.SITE_URL = "https://training.example"
    sign_up(client, form)
    letter = mail.outbox[0].body
    assert "testserver" not in letter
    assert "\n\nPutokaz\nhttps://training.example" in letter
    assert "https://training.example/en/account/confirm-email/" in letter
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    assert "testserver" not in mail.outbox[1].body
    assert "https://training.example/en/account/password/reset/" in mail.outbox[1].body


@pytest.mark.parametrize(
    ("following", "words"),
    [
        ("", "Пријављени сте"),
        ("/en/help/", "Successfully signed in"),
        ("/sr-latn/my/", "Prijavljeni"),
    ],
)
def test_on_signing_in_the_page_speaks_one_language(
    client: Client, db: None, following: str, words: str
) -> None:
    home()
    person = UserFactory(language="sr", password="correct horse battery")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    who = {"login": person.email, "password": "correct horse battery", "next": following}
    page = client.post("/en/account/login/", who, follow=True).content.decode()
    assert words in page


def test_a_lock_says_how_long_it_lasts(client: Client, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    wrong = {"login": EMAIL, "password": "wrong"}
    pages = [client.post("/sr-latn/account/login/", wrong).content.decode() for _ in range(6)]
    assert "Pokušajte ponovo za 5 minuta." in pages[5]
    assert "Pokušajte ponovo" not in pages[4]


def test_who_cannot_reset_a_password_is_led_to_somebody(client: Client, db: None) -> None:
    for name in ("account_reset_password", "account_reset_password_done"):
        assert 'href="/en/help/#contact"' in client.get(reverse(name)).content.decode()
