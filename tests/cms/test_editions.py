"""A new edition: first what differs, then the decision, by those who may."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.edition_changes import next_edition
from courses.editions import publish_edition
from courses.enrolment import enrol
from courses.missing import NotInEveryLanguage
from courses.models import Edition, LessonPage, ModulePage
from courses.panels import course_rows
from tests.cms.forms import lesson_form
from tests.factories.courses import SmallCourse, in_serbian, lesson, small_course
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


def third_lesson(course: SmallCourse, *, required: bool) -> LessonPage:
    """Return a lesson that was added in English alone."""
    course.course.refresh_from_db()
    made = lesson(ModulePage.objects.child_of(course.course).first(), "third")
    made.required = required
    made.save()
    return made


def test_a_required_activity_must_be_there_in_every_language(
    course: SmallCourse, as_role: AsRole, at: datetime
) -> None:
    serbian = in_serbian(course)
    quiz, third = serbian.quizzes[0], third_lesson(course, required=True)
    quiz.unpublish()
    url = reverse("publish_edition", args=[course.course.pk])
    reviewer = as_role("reviewer")
    shown = reviewer.get(url).content.decode()
    assert "Publish edition 2" not in shown
    for page, said in ((third, "not there in Serbian"), (quiz, "in Serbian there is only a draft")):
        address = reverse("wagtailadmin_explore", args=[page.pk])
        assert f'<a href="{address}">{page.title}</a>: {said}' in shown
    answer = reviewer.post(url, follow=True)
    assert "Third (in Serbian)" in answer.content.decode()
    assert Edition.objects.count() == 1
    with pytest.raises(NotInEveryLanguage):
        publish_edition(course=course.course, at=at)
    serbian.course.unpublish()  # then the course is not offered in Serbian
    assert publish_edition(course=course.course, at=at).number == 2


def test_an_optional_activity_may_lack_a_language(course: SmallCourse, as_role: AsRole) -> None:
    in_serbian(course)
    third_lesson(course, required=False)
    url = reverse("publish_edition", args=[course.course.pk])
    reviewer = as_role("reviewer")
    shown = reviewer.get(url).content.decode()
    assert "These optional activities are not live in every language." in shown
    assert "Publish edition 2" in shown
    reviewer.post(url)
    assert Edition.objects.count() == 2


def test_the_panel_says_what_is_changed_and_what_is_missing(
    course: SmallCourse, as_role: AsRole
) -> None:
    in_serbian(course)
    said = "changed since edition 1"
    trainer = as_role("trainer")
    assert said not in trainer.get(reverse("wagtailadmin_home")).content.decode()
    third_lesson(course, required=True)
    shown = trainer.get(reverse("wagtailadmin_home")).content.decode()
    assert shown.count(said) == 2  # once for each language
    assert shown.count("1 activity is not live in this language") == 1


@pytest.mark.parametrize("more", [0, 3])
def test_the_panel_asks_as_much_for_one_course_as_for_many(
    course: SmallCourse, at: datetime, django_assert_num_queries: Any, more: int
) -> None:
    for number in range(more):
        small_course(at, slug=f"more-{number}")
    with django_assert_num_queries(8):
        rows = course_rows()
    assert [row.news.is_changed for row in rows] == [False] * (1 + more)


def test_the_page_of_a_changed_course_says_so(course: SmallCourse, as_role: AsRole) -> None:
    said = "Changed since edition 1: publish a new edition"
    edit = reverse("wagtailadmin_pages:edit", args=[course.course.pk])
    explorer = reverse("wagtailadmin_explore", args=[course.course.pk])
    admin, reviewer = as_role("administrator"), as_role("reviewer")
    assert said not in admin.get(edit).content.decode()
    third_lesson(course, required=True)
    assert said in admin.get(edit).content.decode()
    assert said in reviewer.get(explorer).content.decode()
    assert "a reviewer can publish" in as_role("trainer").get(edit).content.decode()


def test_publishing_says_that_learners_see_it_in_an_edition_only(
    course: SmallCourse, as_role: AsRole
) -> None:
    admin, first = as_role("administrator"), course.lessons[0]
    edit = reverse("wagtailadmin_pages:edit", args=[first.pk])
    wording = lesson_form(first, "<p>Other words.</p>")
    said = "Learners see a new outline, length or date only in an edition."
    only_words = admin.post(edit, wording | {"action-publish": "1"}, follow=True)
    assert said not in only_words.content.decode()
    longer = wording | {"minutes": "20"}
    assert said not in admin.post(edit, longer, follow=True).content.decode()  # a draft
    live = admin.post(edit, longer | {"action-publish": "1"}, follow=True)
    assert said in live.content.decode()
