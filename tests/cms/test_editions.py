"""A new edition: first what differs, then the decision, by those who may."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from courses.edition_changes import next_edition
from courses.enrolment import enrol
from courses.models import Edition
from tests.factories.courses import SmallCourse, lesson
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]


def rows(course: SmallCourse) -> set[tuple[str, str, str]]:
    course.course.refresh_from_db()
    return {(c.about, c.now, c.then) for c in next_edition(course.course).changes}


def test_without_a_difference_there_is_nothing_to_publish(
    course: SmallCourse, as_role: AsRole
) -> None:
    assert rows(course) == set()
    url = reverse("publish_edition", args=[course.course.pk])
    shown = as_role("reviewer").get(url).content.decode()
    assert "Nothing to publish" in shown
    assert "<form" not in shown.split("<main")[1]
    as_role("reviewer").post(url)
    assert Edition.objects.count() == 1


def test_what_differs_is_named(course: SmallCourse) -> None:
    first, second = course.lessons
    first.minutes, first.required = 12, False
    first.save()
    second.live = False
    second.save()
    lesson(first.get_parent(), "third")
    course.course.law_as_of = date(2027, 1, 1)
    course.course.save()
    assert rows(course) == {
        ("Length", "36 min", "28 min"),
        ("Law as of", "1 Nov 2026", "1 Jan 2027"),
        ("First", "8 min, required", "12 min, optional"),
        ("Second", "8 min, required", "gone"),
        ("Third", "–", "new: 8 min, required"),
    }


def test_another_order_differs(course: SmallCourse) -> None:
    quiz = course.quizzes[0]
    quiz.move(course.lessons[0], pos="left")
    assert rows(course) == {("Order of the activities", "as it was", "changed")}


def test_another_module_differs(course: SmallCourse) -> None:
    course.lessons[0].refresh_from_db()
    course.lessons[0].move(course.lessons[1].get_parent(), pos="last-child")
    assert ("First", "in module 1", "in module 2") in rows(course)


def test_a_reviewer_publishes_the_next_edition(
    course: SmallCourse, as_role: AsRole, at: datetime
) -> None:
    running = enrol(user=UserFactory(), course=course.course, at=at)
    lesson(course.lessons[0].get_parent(), "third")
    url = reverse("publish_edition", args=[course.course.pk])
    reviewer = as_role("reviewer")
    explorer = reverse("wagtailadmin_explore", args=[course.course.pk])
    assert url in reviewer.get(explorer).content.decode()
    assert url not in as_role("trainer").get(explorer).content.decode()
    shown = reviewer.get(url).content.decode()
    assert "new: 8 min, required" in shown
    assert "Publish edition 2" in shown
    assert Edition.objects.count() == 1  # looking publishes nothing
    assert reviewer.post(url).status_code == 302
    assert Edition.objects.first().number == 2  # type: ignore[union-attr]
    later = enrol(user=UserFactory(), course=course.course, at=at)
    running.refresh_from_db()
    assert (running.edition, later.edition) == (1, 2)


def test_what_was_studied_is_not_deleted(
    course: SmallCourse, as_role: AsRole, at: datetime
) -> None:
    enrol(user=UserFactory(), course=course.course, at=at)
    admin = as_role("administrator")
    admin.post(reverse("wagtailadmin_pages:delete", args=[course.course.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    admin.post(f"{bulk}?id={course.course.pk}&next=/cms/")
    course.course.refresh_from_db()
