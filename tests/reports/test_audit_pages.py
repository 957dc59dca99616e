"""Who received what, in the CMS: for the data protection officer and administrators."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.roles import sync_roles
from people.roles import ADMINISTRATOR, DATA_PROTECTION_OFFICER, sync_groups
from reports.models import Disclosure
from tests.factories.people import UserFactory
from tests.reports.conftest import Justice
from tests.reports.filed import content, take
from tests.support import sign_in

pytestmark = pytest.mark.django_db

HERE = "/cms/disclosures/"


def somebody(role: str) -> Client:
    sync_roles()
    user = UserFactory()
    user.groups.add(sync_groups()[role])
    return sign_in(Client(), user, second_factor=True)


@pytest.fixture
def privacy(justice: Justice) -> Client:
    """The data protection officer, signed in."""
    return somebody(DATA_PROTECTION_OFFICER)


@pytest.fixture
def three(officer: Client, token: str, justice: Justice) -> None:
    """Two files, one of them of earlier, and what a machine pulled."""
    justice.learner()
    content(take(officer, "csv", query={"status": "enrolled"}, purpose="planning"))
    Disclosure.objects.update(at=timezone.now() - timedelta(days=40))
    content(take(officer, "xlsx", purpose="other", purpose_words="=cmd()"))
    officer.get("/api/v1/completions", headers={"authorization": f"Bearer {token}"})


def kinds(browser: Client, **query: Any) -> list[str]:
    page = browser.get(HERE, query)
    assert page.status_code == 200
    return [one.kind for one, _told in page.context["lines"]]


def test_everything_is_listed_the_newest_first(privacy: Client, three: None) -> None:
    assert kinds(privacy) == ["api", "xlsx", "csv"]
    page = privacy.get(HERE).content.decode()
    for words in ("Status: Enrolled", "Planning of further training", "1 request on this day"):
        assert words in page
    assert Disclosure.objects.get(kind="csv").sha256 in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "xlsx"}, ["xlsx"]),
        ({"purpose": "planning"}, ["csv"]),
        ({"names": "yes"}, []),
        ({"q": "Uzorkov"}, ["xlsx", "csv"]),
        ({"q": "judicial"}, ["api", "xlsx", "csv"]),
        ({"q": "nobody"}, []),
    ],
)
def test_filters_stand_in_the_address(
    privacy: Client, three: None, query: dict[str, str], found: list[str]
) -> None:
    assert kinds(privacy, **query) == found


def test_a_period_holds_both_its_days(privacy: Client, three: None) -> None:
    day = timezone.localdate()
    assert kinds(privacy, since=day, until=day) == ["api", "xlsx"]
    assert kinds(privacy, until=day - timedelta(days=1)) == ["csv"]


def test_a_filter_that_cannot_be_read_is_told(privacy: Client, three: None) -> None:
    page = privacy.get(HERE, {"since": "yesterday", "kind": "doc"})
    assert "Enter a valid date" in page.content.decode()
    assert page.context["lines"] == []
    refused = privacy.get(reverse("disclosures_csv"), {"since": "yesterday"})
    assert (refused.status_code, "since" in refused.content.decode()) == (400, True)


def test_it_is_exported_as_it_is_shown(privacy: Client, three: None) -> None:
    sent = content(privacy.get(reverse("disclosures_csv"), {"kind": "xlsx"}))
    [line] = csv.DictReader(io.StringIO(sent.decode("utf-8-sig")))
    assert (line["Rows"], line["Persons"], line["Purpose"]) == ("1", "1", "Something else")
    assert line["In their words"] == "'=cmd()"  # no formula for the program that opens it
    assert line["What became of it"] == "sent whole"
    assert len(line["SHA-256"]) == 64


def test_it_is_read_in_pages_with_the_same_number_of_queries(
    privacy: Client, officer: Client, justice: Justice, django_assert_num_queries: Any
) -> None:
    justice.learner()
    content(take(officer, "csv", query={"institution": justice.court.key}))
    privacy.get(HERE)
    with django_assert_num_queries(12):
        privacy.get(HERE)
    one = Disclosure.objects.get()
    for _ in range(60):
        one.pk = None
        one._state.adding = True
        one.save()
    with django_assert_num_queries(12):
        page = privacy.get(HERE)
    assert (len(page.context["lines"]), page.context["page"].paginator.num_pages) == (50, 2)
    assert len(privacy.get(HERE, {"p": 2}).context["lines"]) == 11


def test_the_menu_leads_there_and_to_nothing_else(privacy: Client) -> None:
    home = privacy.get("/cms/").content.decode()
    assert HERE in home
    for address in ("statements/", "certificates/", "users/", "pages/", "snippets/people/mandate/"):
        assert privacy.get(f"/cms/{address}").status_code in (302, 403), address
    assert privacy.get("/en/reports/").status_code == 403


def test_an_administrator_sees_it_too(justice: Justice) -> None:
    assert somebody(ADMINISTRATOR).get(HERE).status_code == 200
