"""My reports: kept, shared, and never a way to see more than one's own mandate."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from people.erasure import erase
from people.models import Mandate, User
from people.portability import collect_all
from people.roles import REPORTING_OFFICER, sync_groups
from reports.models import SavedView
from reports.saved.keeping import keep
from tests.factories.people import MandateFactory, UserFactory
from tests.reports.conftest import Justice
from tests.support import sign_in

pytestmark = pytest.mark.django_db


def holder(mandate: Mandate) -> User:
    assert mandate.holder
    return mandate.holder


@pytest.fixture
def kept(justice: Justice, at: datetime) -> SavedView:
    """The officer's own report of judges who completed last quarter."""
    return keep(
        user=holder(justice.mandate),
        mandate=justice.mandate,
        name="Судије, тромесечно",
        query="status=completed&days=last-quarter",
        at=at,
    )


@pytest.fixture
def other(justice: Justice) -> Client:
    """Another officer, whose mandate is over the ministry."""
    user = UserFactory()
    user.groups.add(sync_groups()[REPORTING_OFFICER])
    MandateFactory(holder=user, institutions=[justice.ministry], professions=[justice.judge])
    return sign_in(Client(), user, second_factor=True)


def test_filters_are_kept_under_a_name(officer: Client, justice: Justice) -> None:
    said = {"name": "Mine", "query": "days=last-year&status=completed&page=3"}
    answer = officer.post(reverse("save_report"), said, follow=True)
    view = SavedView.objects.get()
    assert (view.name, view.query, view.mandate) == (
        "Mine",
        "status=completed&days=last-year",
        justice.mandate,
    )
    assert answer.status_code == 200
    assert answer.context["filters"].days == "last-year"
    html = answer.content.decode()
    assert "Saved. You find it under “My reports”." in html
    assert 'aria-current="true">Mine</a>' in html


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("", "", "This field is required."),
        ("Судије, тромесечно", "", "You have a report of this name already."),
        ("Mine", "status=lost", "status"),
    ],
)
def test_a_report_that_cannot_be_kept_is_told_and_what_was_typed_stays(
    officer: Client, kept: SavedView, name: str, query: str, said: str
) -> None:
    answer = officer.post(reverse("save_report"), {"name": name, "query": query})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert said in html
    assert f'value="{name}"' in html or not name
    assert SavedView.objects.count() == 1


def test_two_officers_may_have_a_report_of_one_name(
    other: Client, justice: Justice, kept: SavedView
) -> None:
    other.post(reverse("save_report"), {"name": kept.name, "query": ""})
    assert SavedView.objects.count() == 2


def test_a_kept_report_opens_as_its_filters(officer: Client, kept: SavedView) -> None:
    answer = officer.get(reverse("open_report", args=[kept.key]))
    assert answer["Location"] == f"{reverse('reports')}?{kept.query}"


def test_by_the_link_of_a_letter_it_is_as_it_stood_then(
    officer: Client, justice: Justice, kept: SavedView
) -> None:
    """The days are those of then, too: last quarter is another one by the time it is opened."""
    address = reverse("open_report", args=[kept.key])
    answer = officer.get(address, {"as_of": "2026-10-01T05:00:00Z"})
    where = QueryDict(answer["Location"].partition("?")[2]).dict()
    assert where == {
        "status": "completed",
        "first_day": "2026-07-01",
        "last_day": "2026-09-30",
        "as_of": "2026-10-01T05:00:00Z",
    }
    assert officer.get(answer["Location"]).status_code == 200
    plain = officer.get(address, {"as_of": "nonsense"})
    assert plain["Location"] == f"{reverse('reports')}?{kept.query}"


def test_of_several_mandates_it_opens_in_the_one_it_was_kept_in(
    officer: Client, justice: Justice, kept: SavedView
) -> None:
    MandateFactory(name="A first one", holder=justice.mandate.holder)
    answer = officer.get(reverse("open_report", args=[kept.key]))
    assert answer["Location"].endswith(f"&mandate={justice.mandate.pk}")


def test_a_shared_report_shows_the_readers_own_mandate(
    officer: Client, other: Client, justice: Justice, kept: SavedView
) -> None:
    SavedView.objects.update(is_shared=True, query="")
    ours, theirs = justice.learner(), justice.learner(institution=justice.ministry)
    for reader, seen in ((officer, ours), (other, theirs)):
        page = reader.get(reverse("open_report", args=[kept.key]), follow=True)
        assert [row.enrolment for row in page.context["rows"]] == [seen.pk]
        told = "was shared with you" in page.content.decode()
        assert told is (reader is other)
    assert "My reports" not in page.content.decode()


def test_what_is_not_shared_is_not_there_for_others(other: Client, kept: SavedView) -> None:
    assert other.get(reverse("open_report", args=[kept.key])).status_code == 404
    assert other.get(reverse("open_report", args=[uuid4()])).status_code == 404


def test_whoever_has_no_mandate_gets_nothing_by_a_link(client: Client, kept: SavedView) -> None:
    SavedView.objects.update(is_shared=True)
    address = reverse("open_report", args=[kept.key])
    assert "/account/login/" in client.get(address)["Location"]
    assert sign_in(client, UserFactory()).get(address).status_code == 403


def test_nobody_else_changes_or_deletes_it(other: Client, kept: SavedView) -> None:
    SavedView.objects.update(is_shared=True)
    for name in ("change_report", "delete_report"):
        assert other.post(reverse(name, args=[kept.key]), {"name": "x"}).status_code == 404
    kept.refresh_from_db()
    assert kept.name == "Судије, тромесечно"


def test_it_is_renamed_shared_and_deleted(officer: Client, kept: SavedView) -> None:
    address = reverse("change_report", args=[kept.key])
    page = officer.post(address, {"name": "New", "is_shared": "on", "every": ""}, follow=True)
    kept.refresh_from_db()
    assert (kept.name, kept.is_shared, kept.every) == ("New", True, "")
    assert reverse("open_report", args=[kept.key]) in page.content.decode()
    officer.post(reverse("delete_report", args=[kept.key]))
    assert not SavedView.objects.exists()


def test_a_name_that_is_taken_is_refused_in_the_form(
    officer: Client, justice: Justice, kept: SavedView, at: datetime
) -> None:
    second = keep(
        user=holder(justice.mandate), mandate=justice.mandate, name="Two", query="", at=at
    )
    page = officer.post(reverse("change_report", args=[second.key]), {"name": kept.name})
    assert "You have a report of this name already." in page.content.decode()
    second.refresh_from_db()
    assert second.name == "Two"


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_often_for_many_as_for_one(
    officer: Client, justice: Justice, at: datetime, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        who = {"user": holder(justice.mandate), "mandate": justice.mandate}
        keep(**who, name=f"{number}", query="status=completed", at=at)
    officer.get(reverse("report_views"))
    with django_assert_num_queries(7):
        page = officer.get(reverse("report_views"))
    assert page.content.decode().count('class="card"') == rows


def test_an_empty_list_says_what_will_be_here(officer: Client) -> None:
    page = officer.get(reverse("report_views")).content.decode()
    assert "Reports that you keep will be here" in page


def test_it_goes_along_and_it_goes(justice: Justice, kept: SavedView, at: datetime) -> None:
    owner = holder(justice.mandate)
    [mine] = collect_all(owner)["saved reports"]
    assert (mine["name"], mine["query"]) == (kept.name, kept.query)
    erase(user=owner, own_wish=True, at=at)
    assert not SavedView.objects.exists()


def test_a_mandate_that_is_over_opens_none(officer: Client, kept: SavedView) -> None:
    Mandate.objects.update(valid_to=date(2026, 1, 2))
    for name, args in (("report_views", []), ("open_report", [kept.key])):
        assert officer.get(reverse(name, args=args)).status_code == 403
