"""What an administrator sets for the whole site is what every page shows."""

import pytest
from django.test import Client
from wagtail.models import Site

from cms.models import SiteSettings
from tests.factories.courses import home

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


def test_a_site_without_settings_can_be_left_too(client: Client) -> None:
    home()
    page = client.get("/en/verify/").content.decode()
    assert "mailto:" not in page
    assert f'href="{SiteSettings().leave_url}"' in page
