"""An administrator reads the log in the CMS; nobody else does, and nobody is named in it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lrs.access import holder_with
from lrs.attachments import keep
from lrs.credentials import create
from lrs.log import record
from lrs.receiving import receive
from tests.cms.conftest import person, sign_in
from tests.factories.courses import SmallCourse
from xapi import statements, types, verbs

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]
BOOK = "https://example.org/books/1"


@pytest.fixture
def admin(as_role: AsRole) -> Client:
    return as_role("administrator")


def recorded(at: datetime, registration: UUID | None = None, actor: UUID | None = None) -> UUID:
    """Record that somebody began a lesson; return the id."""
    who = {"actor": actor or uuid4(), "course": uuid4(), "registration": registration or uuid4()}
    begun = statements.initialized(**who, key=uuid4(), type_=types.LESSON, at=at)
    record([begun], at=at)
    return UUID(str(begun.id))


def sent(**changes: Any) -> UUID:
    """Let a library send that Ana read a book; return the id."""
    issued = create(name="Library", scopes=["all"])
    said = {
        "actor": {"mbox": "mailto:ana@example.org"},
        "verb": {"id": "https://example.org/verbs/read", "display": {"en": "read"}},
        "object": {"id": BOOK, "definition": {"name": {"en": "A book", "sr": "Књига"}}},
    }
    now = timezone.now()
    contents = {one["sha2"]: b"notes" for one in changes.get("attachments", ())}
    keep(contents)
    holder = holder_with(issued.key)
    (id_,) = receive([said | changes], version="1.0.3", holder=holder, at=now)
    return id_


def shown(browser: Client, **filters: Any) -> str:
    answer = browser.get(reverse("lrs_statements"), filters)
    assert answer.status_code == 200
    return answer.content.decode()


def link(id_: UUID) -> str:
    return reverse("lrs_statement", args=[id_])


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer"])
def test_others_do_not_get_in(as_role: AsRole, role: str, at: datetime) -> None:
    id_ = recorded(at)
    browser = as_role(role)
    for address in (
        reverse("lrs_statements"),
        link(id_),
        reverse("lrs_attachment", args=[id_, "0" * 64]),
    ):
        answer = browser.get(address)
        assert answer.status_code in (302, 403)
        assert str(id_) not in answer.content.decode()


def test_the_log_shows_what_was_recorded_here_and_what_others_sent(
    admin: Client, at: datetime
) -> None:
    ours, theirs = recorded(at), sent()
    page = shown(admin)
    assert link(ours) in page
    assert link(theirs) in page
    assert "Library" in page
    assert "A book" in page
    assert link(theirs) not in shown(admin, sender="ours")
    assert link(ours) in shown(admin, sender="ours")


def test_each_filter_finds_its_own(admin: Client, at: datetime) -> None:
    registration, actor = uuid4(), uuid4()
    mine, other = recorded(at, registration, actor), recorded(at)
    book = sent()
    for filters, found in (
        ({"registration": registration}, mine),
        ({"agent": actor}, mine),
        ({"agent": "mailto:ana@example.org"}, book),
        ({"agent": json.dumps({"mbox": "mailto:ana@example.org"})}, book),
        ({"activity": BOOK}, book),
        ({"verb": "https://example.org/verbs/read"}, book),
    ):
        page = shown(admin, **filters)
        assert link(found) in page
        assert link(other) not in page
    assert link(mine) in shown(admin, verb=verbs.INITIALIZED.id, until="2099-01-01T00:00")


def test_an_id_leads_straight_to_its_statement(admin: Client, at: datetime) -> None:
    id_ = recorded(at)
    answer = admin.get(reverse("lrs_statements"), {"statement": id_})
    assert answer["Location"] == link(id_)
    assert admin.get(link(uuid4()), follow=True).status_code == 404


@pytest.mark.parametrize(
    "filters",
    [
        {"agent": "{"},
        {"agent": "{}"},
        {"agent": "[" * 9},
        {"verb": "read"},
        {"activity": "book"},
        {"registration": "x"},
        {"since": "soon"},
        {"sender": "99"},
        {"after": "x"},
    ],
)
def test_what_cannot_be_read_is_said_and_stays_in_its_field(
    admin: Client, at: datetime, filters: dict[str, str]
) -> None:
    id_ = recorded(at)
    answer = admin.get(reverse("lrs_statements"), filters)
    page = answer.content.decode()
    ((name, typed),) = filters.items()
    if name == "agent" and typed == "[" * 9:
        assert "There is no such statement." in page
    else:
        assert link(id_) not in page
        assert answer.context["form"].errors.keys() == {name}


def test_pages_follow_one_another(admin: Client, at: datetime) -> None:
    ids = [recorded(at + timedelta(minutes=minute)) for minute in range(35)]
    first = admin.get(reverse("lrs_statements"))
    rest = admin.get(reverse("lrs_statements") + first.context["older"])
    found = [one["statement"].id for page in (first, rest) for one in page.context["rows"]]
    assert found == ids[::-1]
    assert rest.context["older"] == ""


def test_one_statement_is_shown_whole_with_what_surrounds_it(admin: Client, at: datetime) -> None:
    registration = uuid4()
    id_ = recorded(at, registration)
    page = admin.get(link(id_)).content.decode()
    assert "statementId=" + str(id_) in page
    assert f"registration={registration}&amp;ascending=on" in page
    assert "&quot;verb&quot;: {" in page


def test_what_was_taken_back_is_marked_and_says_by_what(admin: Client, at: datetime) -> None:
    id_ = recorded(at)
    void = statements.voided(actor=uuid4(), target=id_, at=at)
    record([void], at=at)
    assert "taken back" in shown(admin)
    page = admin.get(link(id_)).content.decode()
    assert "counts for nothing" in page
    assert link(UUID(str(void.id))) in page
    assert link(id_) in admin.get(link(UUID(str(void.id)))).content.decode()


def test_an_attachment_is_handed_out_as_a_file_only(admin: Client) -> None:
    sha2 = "9c3d7b8ae2d7b7f4d4b1f2a4b2c9c7ac3a2f0a4d1a7e4f1d8f5a2e7b6c1d0e9f"
    one = {
        "usageType": "https://example.org/usage/notes",
        "display": {"en": "Notes"},
        "contentType": "text/html",
        "length": 5,
        "sha2": sha2,
    }
    id_ = sent(attachments=[one])
    assert "Notes" in admin.get(link(id_)).content.decode()
    answer = admin.get(reverse("lrs_attachment", args=[id_, sha2]))
    assert answer.content == b"notes"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (
        admin.get(reverse("lrs_attachment", args=[id_, "0" * 64]), follow=True).status_code == 404
    )


def test_days_show_how_much_was_stored(admin: Client) -> None:
    recorded(timezone.now())
    sent()
    bars = admin.get(reverse("lrs_statements")).context["picture"]["bars"]
    assert len(bars) == 30
    assert (bars[-1].day.ours, bars[-1].day.theirs) == (1, 1)
    assert bars[0].day.total == 0


def test_a_full_page_costs_no_more_queries_than_one_row(
    admin: Client, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    recorded(at)
    shown(admin)
    with django_assert_num_queries(15) as one:
        shown(admin)
    for minute in range(29):
        recorded(at + timedelta(minutes=minute))
    with django_assert_num_queries(len(one)):
        shown(admin)


def test_in_serbian_activities_have_their_serbian_name(course: SmallCourse) -> None:
    browser = sign_in(person("administrator"))
    sent()
    answer = browser.get(reverse("lrs_statements"), headers={"Accept-Language": "sr"})
    assert "Књига" in answer.content.decode()
