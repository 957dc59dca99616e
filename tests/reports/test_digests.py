"""Counts and hashes: by them a reader finds out whether a copy is that of the server."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from courses.enrolment import enrol
from courses.models import Enrolment
from people.models import Mandate, User
from tests.factories.courses import small_course
from tests.factories.people import UserFactory
from tests.reports.conftest import Justice
from tests.support import complete

pytestmark = pytest.mark.django_db

DIGEST = "/api/v1/completions/digest"


@pytest.fixture
def headers(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def groups(client: Client, headers: dict[str, str], by: str) -> Any:
    answer = client.get(DIGEST, {"by": by}, headers=headers)
    assert answer.status_code == 200
    return answer.json()


def of_a_copy(client: Client, headers: dict[str, str], by: str) -> list[dict[str, Any]]:
    """Do what an integrator does: group and hash the rows that came, as the docs say."""
    rows = client.get("/api/v1/completions?limit=1000", headers=headers).json()["rows"]
    columns = groups(client, headers, by)["columns"]
    lines: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row["enrolment"]):
        group = row["course"] if by == "course" else row["enrolled_at"][:10]
        said = {name: row[name] for name in columns}
        line = json.dumps(said, sort_keys=True, separators=(",", ":"))
        lines.setdefault(group, []).append(line + "\n")
    return [
        {
            "group": group,
            "rows": len(found),
            "sha256": hashlib.sha256("".join(found).encode()).hexdigest(),
        }
        for group, found in sorted(lines.items())
    ]


@pytest.fixture
def year(justice: Justice, at: datetime) -> list[Enrolment]:
    """Two courses, three days, completions and running enrolments, one outside the mandate."""
    other = small_course(at, slug="other")
    made = [justice.learner() for _ in range(3)]
    complete(made[0], justice.course, at + timedelta(days=1, microseconds=123_456))
    user = UserFactory(institution=justice.court, profession=justice.judge)
    for number, course in enumerate((justice.course, other)):
        made.append(enrol(user=user, course=course.course, at=at + timedelta(days=number + 1)))
    justice.learner(institution=justice.ministry)
    return made


@pytest.mark.parametrize("by", ["course", "day"])
@pytest.mark.parametrize("rights", [False, True])
def test_a_copy_is_compared_group_by_group(
    client: Client, headers: dict[str, str], year: list[Enrolment], by: str, rights: bool
) -> None:
    Mandate.objects.update(identified=rights, exact_results=rights)
    found = groups(client, headers, by)["groups"]
    assert sorted(found, key=lambda one: str(one["group"])) == of_a_copy(client, headers, by)
    assert sum(one["rows"] for one in found) == len(year)
    assert len(found) == (2 if by == "course" else 3)


def test_what_happens_changes_the_hash_of_its_group_alone(
    client: Client, headers: dict[str, str], year: list[Enrolment], justice: Justice
) -> None:
    before = groups(client, headers, "course")["groups"]
    complete(year[1], justice.course, justice.at + timedelta(days=2))
    after = groups(client, headers, "course")["groups"]
    changed = [new["group"] for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [str(justice.course.course.translation_key)]


def test_a_name_that_is_looked_up_is_no_part_of_a_hash(
    client: Client, headers: dict[str, str], year: list[Enrolment], justice: Justice
) -> None:
    Mandate.objects.update(identified=True)
    before = groups(client, headers, "course")
    User.objects.update(name_latin="Another", institution=justice.ministry)
    justice.course.course.title = "Called otherwise"
    justice.course.course.save()
    assert groups(client, headers, "course") == before
    assert "name" not in before["columns"]


def test_a_large_copy_is_compared_a_range_at_a_time(
    client: Client, headers: dict[str, str], year: list[Enrolment], justice: Justice
) -> None:
    """What a range says of a group is what the whole says of it."""
    whole = groups(client, headers, "day")["groups"]
    for one in whole:
        day = {"by": "day", "enrolled_from": one["group"], "enrolled_to": one["group"]}
        assert client.get(DIGEST, day, headers=headers).json()["groups"] == [one]
    assert (
        client.get(DIGEST, {"by": "day", "undated": "true"}, headers=headers).json()["groups"] == []
    )
    course = {"course": str(justice.course.course.translation_key)}
    [of_course] = client.get(DIGEST, course, headers=headers).json()["groups"]
    assert of_course in groups(client, headers, "course")["groups"]
    by_day = client.get(DIGEST, {**course, "by": "day"}, headers=headers).json()["groups"]
    assert sum(one["rows"] for one in by_day) == of_course["rows"]


def test_what_is_asked_wrongly_is_refused(client: Client, headers: dict[str, str]) -> None:
    assert client.get(DIGEST, {"by": "month"}, headers=headers).status_code == 400
    assert client.get(DIGEST, {"day": "1"}, headers=headers).status_code == 400
    both = {"undated": "true", "enrolled_from": "2026-01-01"}
    assert client.get(DIGEST, both, headers=headers).status_code == 400
    assert client.get(DIGEST).status_code == 401
