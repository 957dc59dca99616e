"""A copy that differs repairs a group alone; what keys are called is asked apart from the rows."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from courses.enrolment import enrol
from courses.models import Cohort, CoursePage, Enrolment
from people.models import Institution, Profession
from tests.factories.courses import small_course
from tests.factories.people import UserFactory
from tests.reports.conftest import Justice

pytestmark = pytest.mark.django_db

API = "/api/v1/completions"


@pytest.fixture
def headers(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


@pytest.fixture
def year(justice: Justice, at: datetime) -> list[Enrolment]:
    """Two courses and three days; one row lies outside the mandate, one has lost its day."""
    other = small_course(at, slug="other")
    made = [justice.learner() for _ in range(4)]
    user = UserFactory(institution=justice.court, profession=justice.judge)
    made.append(enrol(user=user, course=other.course, at=at + timedelta(days=1)))
    justice.learner(institution=justice.ministry)
    Enrolment.objects.filter(pk=made[2].pk).update(enrolled_at=at + timedelta(days=2))
    Enrolment.objects.filter(pk=made[3].pk).update(enrolled_at=None)
    return made


def group(client: Client, headers: dict[str, str], **query: Any) -> list[dict[str, Any]]:
    """Return the rows of a group, page after page."""
    found: list[dict[str, Any]] = []
    cursor = {}
    while True:
        page = client.get(f"{API}/rows", {**query, **cursor, "limit": 2}, headers=headers).json()
        found += page["rows"]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


@pytest.mark.parametrize("by", ["day", "course"])
def test_a_group_is_what_the_digest_counted(
    client: Client, headers: dict[str, str], year: list[Enrolment], by: str
) -> None:
    said = client.get(f"{API}/digest", {"by": by}, headers=headers).json()["groups"]
    assert len(said) == {"day": 4, "course": 2}[by]
    for one in said:
        query = {"course": one["group"]}
        if by == "day":
            day = one["group"]
            query = {"enrolled_from": day, "enrolled_to": day} if day else {"undated": "true"}
        keys = [row["enrolment"] for row in group(client, headers, **query)]
        assert len(keys) == one["rows"]
        assert keys == sorted(keys)


def test_without_a_group_everything_comes(
    client: Client, headers: dict[str, str], year: list[Enrolment]
) -> None:
    keys = {row["enrolment"] for row in group(client, headers)}
    assert keys == {str(one.pk) for one in year}


def test_days_are_a_range(
    client: Client, headers: dict[str, str], year: list[Enrolment], at: datetime
) -> None:
    last = (at + timedelta(days=1)).date()
    found = group(client, headers, enrolled_from=at.date(), enrolled_to=last)
    assert {row["enrolment"] for row in found} == {str(year[n].pk) for n in (0, 1, 4)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"course": "nonsense"},
        {"enrolled_from": "yesterday"},
        {"cursor": "1"},
        {"limit": "1001"},
        {"language": "de"},
        {"enroled_from": "2026-01-01"},
        {"undated": "true", "enrolled_from": "2026-01-01"},
    ],
)
def test_what_cannot_be_read_is_refused(
    client: Client, headers: dict[str, str], wrong: dict[str, str]
) -> None:
    assert client.get(f"{API}/rows", wrong, headers=headers).status_code == 400


def test_a_group_costs_the_same_for_one_row_and_for_many(
    client: Client,
    headers: dict[str, str],
    justice: Justice,
    django_assert_max_num_queries: Any,
) -> None:
    asked = []
    client.get(f"{API}/rows", headers=headers)  # of which the day of the last use is kept
    for count in (1, 20):
        for _ in range(count):
            justice.learner()
        with django_assert_max_num_queries(20) as queries:
            assert client.get(f"{API}/rows", headers=headers).json()["rows"]
        asked.append(len(queries))
    assert asked[0] == asked[1]


# --- names ----------------------------------------------------------------------------------


def names(client: Client, headers: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Return what stands under each key, by kind."""
    answer = client.get(f"{API}/names", headers=headers)
    assert answer.status_code == 200
    return {kind: {one["key"]: one for one in found} for kind, found in answer.json().items()}


def test_every_key_in_a_row_has_its_names(
    client: Client, headers: dict[str, str], justice: Justice
) -> None:
    justice.learner()
    [row] = group(client, headers)
    found = names(client, headers)
    court = found["institutions"][row["institution"]]
    assert court["names"] == {"en": "Higher Court", "sr": "Виши суд", "sr-latn": "Viši sud"}
    assert court["parent"] == str(justice.council.key)
    assert found["institutions"][court["parent"]]["parent"] is None
    assert found["professions"]["judge"]["names"]["sr-latn"] == "Sudija"
    assert found["courses"][row["course"]]["names"]["en"] == row["course_name"]


def test_cohorts_are_those_of_which_the_mandate_sees_somebody(
    client: Client, headers: dict[str, str], justice: Justice
) -> None:
    course = justice.course.course.translation_key
    days = {"starts_on": justice.at.date(), "ends_on": justice.at.date()}
    mine, theirs, _ = (
        Cohort.objects.create(
            key=uuid4(), name=name, course_key=course, edition=1, enrolment_key=name, **days
        )
        for name in ("Autumn", "Winter", "Spring")
    )
    Enrolment.objects.filter(pk=justice.learner().pk).update(cohort_key=mine.key)
    ministry = justice.learner(institution=justice.ministry)
    Enrolment.objects.filter(pk=ministry.pk).update(cohort_key=theirs.key)
    assert names(client, headers)["cohorts"] == {
        str(mine.key): {"key": str(mine.key), "name": "Autumn"}
    }


@pytest.mark.parametrize("what", ["course", "institution", "profession", "moved"])
def test_a_new_name_is_told_by_the_etag_and_by_no_change(
    client: Client, headers: dict[str, str], justice: Justice, what: str
) -> None:
    justice.learner()
    known = {**headers, "if-none-match": client.get(f"{API}/names", headers=headers)["ETag"]}
    assert client.get(f"{API}/names", headers=known).status_code == 304
    cursor = client.get(f"{API}/changes", headers=headers).json()["next_cursor"]
    if what == "course":
        CoursePage.objects.update(title="Another title")
    elif what == "institution":
        Institution.objects.filter(pk=justice.court.pk).update(name_sr="Апелациони суд")
    elif what == "profession":
        Profession.objects.filter(key="judge").update(name_en="Justice")
    else:
        Institution.objects.get(pk=justice.court.pk).move(
            Institution.objects.get(pk=justice.ministry.pk), pos="last-child"
        )
    assert client.get(f"{API}/names", headers=known).status_code == 200
    page = client.get(f"{API}/changes", {"cursor": cursor}, headers=headers).json()
    told = [entry["change"] for entry in page["rows"]]
    assert told == (["withdrawn_from_scope"] if what == "moved" else [])


def test_nobody_is_in_the_names(client: Client, headers: dict[str, str], justice: Justice) -> None:
    justice.learner(name_latin="Nobody Else", email="somebody@example.org")
    said = client.get(f"{API}/names", headers=headers).content.decode()
    assert "Nobody Else" not in said
    assert "@" not in said
