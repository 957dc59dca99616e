"""Another device opens where one stopped; a forgotten tab overwrites nothing."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Enrolment, StudyPlace
from courses.places import place_in, save_place
from lrs.models import Statement
from tests.factories.courses import SmallCourse

pytestmark = pytest.mark.django_db


def save(
    enrolment: Enrolment, course: SmallCourse, at: datetime, *, position: int, version: int
) -> bool:
    return save_place(
        enrolment=enrolment,
        activity_key=course.lessons[0].key,
        position=position,
        video={"film": 12.5},
        version=version,
        at=at,
    )


def test_the_place_is_kept_and_is_no_event(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    before = Statement.objects.count()
    assert save(enrolment, course, at, position=400, version=1)
    place = place_in(enrolment=enrolment, activity_key=course.lessons[0].key)
    assert place
    assert (place.position, place.video, place.version) == (400, {"film": 12.5}, 1)
    assert place_in(enrolment=enrolment, activity_key=course.lessons[1].key) is None
    assert Statement.objects.count() == before


@pytest.mark.parametrize("version", [0, 3, 4])
def test_a_stale_tab_changes_nothing(
    course: SmallCourse, enrolment: Enrolment, at: datetime, version: int
) -> None:
    save(enrolment, course, at, position=700, version=4)
    assert not save(enrolment, course, at, position=10, version=version)
    assert StudyPlace.objects.get().position == 700


def test_a_newer_tab_may_go_back(course: SmallCourse, enrolment: Enrolment, at: datetime) -> None:
    save(enrolment, course, at, position=700, version=1)
    assert save(enrolment, course, at, position=10, version=2)
    assert StudyPlace.objects.get().position == 10


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_the_newest_version_wins_in_any_order(
    course: SmallCourse, enrolment: Enrolment, at: datetime, versions: list[int]
) -> None:
    StudyPlace.objects.all().delete()
    for version in versions:
        save(enrolment, course, at, position=version, version=version)
    assert StudyPlace.objects.get().position == max(versions)


@pytest.mark.parametrize(("sent", "kept"), [(-5, 0), (1000, 1000), (99_999, 1000)])
def test_a_place_is_within_the_page(
    course: SmallCourse, enrolment: Enrolment, at: datetime, sent: int, kept: int
) -> None:
    save(enrolment, course, at, position=sent, version=1)
    assert StudyPlace.objects.get().position == kept
