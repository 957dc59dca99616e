"""What is otherwise between two moments: every row that differs, and no other."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from courses.enrolment import withdraw
from people.actors import people_of
from people.models import Institution, Mandate, Profession, User
from reports.columns import Source, may_see
from reports.completions import all_rows
from reports.difference import comparing
from reports.difference.asked import read_asked
from reports.difference.comparing import differences_between
from reports.filters import Filters, NotYet
from reports.row import COLUMNS
from tests.factories.people import MandateFactory
from tests.reports.conftest import Justice
from tests.reports.happenings import JUDGE, Maker, prepare
from tests.support import complete

pytestmark = pytest.mark.django_db

API = "/api/v1/completions/difference"
PAGE = "/en/reports/difference/"


@pytest.mark.parametrize("chosen", [Filters(), Filters(status="completed")])
def test_it_is_what_two_reports_taken_on_those_days_say(
    db: None, monkeypatch: pytest.MonkeyPatch, chosen: Filters
) -> None:
    monkeypatch.setattr(comparing, "_BATCH", 7)
    prepare()
    maker = Maker(4)
    maker.mandate_changes = lambda: None  # type: ignore[method-assign]
    council = Institution.objects.order_by("path")[0]
    mandate = MandateFactory(
        institutions=[council], professions=[Profession.objects.get(key=JUDGE)]
    )
    columns = [
        one.name
        for one in COLUMNS.values()
        if one.source != Source.JOINED and may_see(mandate, one)
    ]
    moments, reports = [], []
    for _ in range(3):
        maker.happen(80)
        moments.append(maker.now)
        reports.append({row.enrolment: row for row in all_rows(mandate=mandate, filters=chosen)})
    maker.happen(50)
    for first, last in ((0, 1), (1, 2), (0, 2)):
        before, after = reports[first], reports[last]
        expected = {}
        for key in before.keys() | after.keys():
            one, other = before.get(key), after.get(key)
            if one is None or other is None:
                expected[key] = "came" if one is None else "left"
            elif any(getattr(one, n) != getattr(other, n) for n in columns):
                expected[key] = "changed"
        got: dict[UUID, str] = {}
        place = None
        while True:
            page = differences_between(
                mandate=mandate,
                filters=chosen,
                since=moments[first],
                until=moments[last],
                after=place,
                limit=5,
            )
            assert not got.keys() & {one.enrolment for one in page.differing}
            got |= {one.enrolment: one.kind for one in page.differing}
            for one in page.differing:
                assert one.before == before.get(one.enrolment) or one.before is None
                for name in columns:
                    assert getattr(one.after, name, None) == getattr(
                        after.get(one.enrolment), name, None
                    )
            place = page.after
            if place is None:
                break
        assert got == expected
        assert set(got.values()) >= ({"came", "changed"} if not chosen.status else {"came"})


@pytest.fixture
def story(justice: Justice, at: datetime) -> dict[str, UUID]:
    """One who completed, one who left, one who came, one elsewhere, and one who did nothing."""
    done, gone, still = (justice.learner() for _ in range(3))
    complete(done, justice.course, at + timedelta(days=2))
    user = people_of([gone.learner])[gone.learner]
    withdraw(user=user, enrolment=gone, at=at + timedelta(days=2))
    moved = justice.learner()
    User.objects.filter(actor=moved.learner).update(institution=justice.ministry)
    complete(moved, justice.course, at + timedelta(days=2))
    new = replace(justice, at=at + timedelta(days=3)).learner()
    return {
        name: one.pk
        for name, one in {
            "done": done, "gone": gone, "still": still, "moved": moved, "new": new,
        }.items()
    }  # fmt: skip


def test_machines_are_told_what_each_column_said_before_and_says_later(
    client: Client, token: str, story: dict[str, UUID]
) -> None:
    headers = {"authorization": f"Bearer {token}"}
    answer = client.get(API, {"since": "2026-11-24"}, headers=headers).json()
    rows = {row["enrolment"]: row for row in answer["rows"]}
    kinds = {name: rows[str(key)]["kind"] for name, key in story.items() if str(key) in rows}
    assert kinds == {"done": "changed", "gone": "changed", "moved": "left", "new": "came"}
    done, gone = rows[str(story["done"])], rows[str(story["gone"])]
    assert (gone["before"]["status"], gone["after"]["status"]) == ("enrolled", "withdrawn")
    assert gone["before"].keys() == {"status", "withdrawn_at"}
    assert done["after"]["completed_at"]
    assert rows[str(story["moved"])]["after"] is None
    assert rows[str(story["new"])]["before"] is None
    assert {"name", "email", "course_name", "result"}.isdisjoint(answer["columns"])
    assert answer["next_cursor"] is None


def test_pages_go_on_after_the_last_one(client: Client, token: str, story: dict[str, UUID]) -> None:
    headers = {"authorization": f"Bearer {token}"}
    got: list[str] = []
    cursor = ""
    for _ in range(5):
        asked = {"since": "2026-11-24", "limit": "1", "cursor": cursor}
        answer = client.get(API, asked, headers=headers).json()
        got += [row["enrolment"] for row in answer["rows"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert got == sorted(got)
    assert len(set(got)) == 4


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({}, "since"),
        ({"since": ""}, "since"),
        ({"since": "soon"}, "since"),
        ({"since": "2999-01-01"}, "since"),
        ({"since": "2026-11-24", "until": "2999-01-01"}, "until"),
        ({"since": "2026-11-24", "until": "2026-11-23"}, "earlier"),
        ({"since": "2026-11-24", "cursor": "x"}, "cursor"),
        ({"since": "2026-11-24", "as_of": "2026-11-24"}, "as_of"),
        ({"since": "2026-11-24", "profession": "juge"}, "profession"),
    ],
)
def test_what_is_asked_wrongly_is_refused(
    client: Client, token: str, asked: dict[str, str], word: str
) -> None:
    answer = client.get(API, asked, headers={"authorization": f"Bearer {token}"})
    assert (answer.status_code, word in answer.json()["detail"].lower()) == (400, True)


def test_an_officer_reads_it_on_a_page(officer: Client, story: dict[str, UUID]) -> None:
    assert "Compare" in officer.get(PAGE).content.decode()
    page = officer.get(PAGE, {"since": "2026-11-24", "status": ""})
    text = page.content.decode()
    assert [str(line["kind"]) for line in page.context["rows"]].count("Changed") == 2
    for word in ("Came in", "Left", "Withdrawn", "Enrolled", "Small course"):
        assert word in text or word == "Small course"
    assert str(story["done"]) not in text
    filtered = officer.get(PAGE, {"since": "2026-11-24", "status": "completed"})
    assert [str(line["kind"]) for line in filtered.context["rows"]] == ["Came in"]
    wrong = officer.get(PAGE, {"since": "2026-11-24", "until": "2026-11-01"})
    assert (wrong.status_code, "must be earlier" in wrong.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("language", "since", "until"),
    [("en", "Since the end of", "Until the end of"), ("sr", "Од краја дана", "До краја дана")],
)
def test_the_page_names_its_fields_as_it_labels_them(
    officer: Client, language: str, since: str, until: str
) -> None:
    page = f"/{language}/reports/difference/"
    for asked, named in (
        ({"since": "2999-01-01"}, since),
        ({"since": "soon"}, since),
        ({"until": "2026-11-24"}, since),
        ({"since": "2026-11-24", "until": "2999-01-01"}, until),
        ({"since": "2026-11-24", "until": "2026-11-01"}, until),
    ):
        error = officer.get(page, asked).context["error"]
        assert named in error
        assert "since" not in error
        assert "“until" not in error


def test_until_today_is_until_now_and_since_its_end_there_is_nothing(at: datetime) -> None:
    asked = read_asked({"since": "2026-11-20", "until": "2026-11-24"}, at=at)
    assert asked.until == at
    with pytest.raises(NotYet, match="since"):
        read_asked({"since": "2026-11-24"}, at=at)


def test_whoever_sees_no_exact_results_is_not_told_that_one_changed(
    justice: Justice, story: dict[str, UUID], at: datetime
) -> None:
    moments = {"since": at, "until": at + timedelta(days=9)}
    for exact in (True, False):
        Mandate.objects.update(exact_results=exact)
        justice.mandate.refresh_from_db()
        page = differences_between(mandate=justice.mandate, filters=Filters(), **moments)
        named = {name for one in page.differing for name in one.columns}
        assert ("result" in named) == exact
