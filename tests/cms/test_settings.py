"""What an administrator sets for the whole site is what every page shows."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from cms.models import Hotline, SiteSettings
from people.models import Function, Institution, Profession
from tests.cms.conftest import person, sign_in
from tests.factories.courses import SmallCourse, home
from tests.factories.people import InstitutionFactory

pytestmark = pytest.mark.django_db


def test_contact_and_the_way_out_stand_on_every_page(client: Client) -> None:
    home()
    SiteSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        leave_url="https://weather.example/",
        contact_email="desk@example.org",
    )
    page = client.get("/sr-latn/verify/").content.decode()
    assert 'href="https://weather.example/"' in page
    assert 'href="mailto:desk@example.org"' in page


def test_the_front_page_says_who_runs_the_site(client: Client) -> None:
    home()
    assert "Who runs this site" not in client.get("/en/").content.decode()
    SiteSettings.objects.create(
        site=Site.objects.get(is_default_site=True), about_en="The Academy.", about_sr="Академија."
    )
    assert "The Academy." in client.get("/en/").content.decode()


def test_a_site_without_settings_can_be_left_too(client: Client) -> None:
    home()
    page = client.get("/en/verify/").content.decode()
    assert "mailto:" not in page
    assert f'href="{SiteSettings().leave_url}"' in page


@pytest.mark.parametrize("phone", ["abc", "1", "+", "call 192", ""])
def test_a_hotline_can_be_dialled(phone: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Hotline(name_en="A", name_sr="А", phone=phone).full_clean()
    assert "phone" in refused.value.error_dict


@pytest.mark.parametrize("phone", ["192", "011 785 0000", "+381 (11) 785-0000", "011/785"])
def test_numbers_as_people_write_them_are_taken(phone: str) -> None:
    Hotline(name_en="A", name_sr="А", phone=phone).full_clean()


def test_serbian_in_latin_letters_is_refused_with_a_proposal() -> None:
    for thing, field in (
        (Hotline(name_en="A", name_sr="Policija", phone="192"), "name_sr"),
        (Hotline(name_en="A", name_sr="А", phone="192", note_sr="Dan i noć"), "note_sr"),
        (Profession(key="judge", name_en="Judge", name_sr="Sudija"), "name_sr"),
        (Function(key="head", name_en="Head", name_sr="Načelnik"), "name_sr"),
        (Institution(name_sr="Viši sud", depth=1, path="1"), "name_sr"),
    ):
        with pytest.raises(ValidationError) as refused:
            thing.full_clean()
        assert list(refused.value.error_dict) == [field]
        assert "Cyrillic, for example: " in refused.value.message_dict[field][0]
    Hotline(name_en="A", name_sr="МУП – ATINA", phone="192", note_sr="24/7").full_clean()


def test_the_key_of_an_institution_is_shown_where_it_is_kept(course: SmallCourse) -> None:
    institution = InstitutionFactory()
    admin = sign_in(person("administrator"))
    views = reverse("wagtailsnippets_people_institution:list")
    assert str(institution.key) in admin.get(views).content.decode()
    edit = reverse("wagtailsnippets_people_institution:edit", args=[institution.pk])
    assert str(institution.key) in admin.get(edit).content.decode()
    assert admin.get(reverse("wagtailsnippets_people_institution:add")).status_code == 200
