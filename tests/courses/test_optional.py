"""What is not required stands in the outline, counts nowhere, and stays open."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from courses.cohorts import report_on
from courses.dashboard import dashboard_of
from courses.editions import publish_edition
from courses.enrolment import enrol
from courses.models import Enrolment
from courses.outline import Outline, outline_of
from courses.study import edition_of, start
from people.models import User
from tests.factories.cohorts import cohort_of
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import UserFactory
from tests.support import complete, read, sign_in, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(at: datetime) -> SmallCourse:
    """A course whose first quiz, after the first lesson, is for whoever likes."""
    made = small_course(at)
    made.quizzes[0].required = False
    made.quizzes[0].save_revision().publish()
    made.edition = publish_edition(course=made.course, at=at)
    return made


def seen_by(enrolment: Enrolment, course: SmallCourse) -> Outline:
    edition = edition_of(enrolment)
    return outline_of(course=course.course, edition=edition, enrolment=enrolment)


def finish(enrolment: Enrolment, course: SmallCourse, at: datetime) -> Enrolment:
    """Do all that is required, and nothing else."""
    return complete(enrolment, SmallCourse(**vars(course) | {"quizzes": course.quizzes[1:]}), at)


def test_only_what_is_required_counts(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    seen = seen_by(enrolment, course)
    assert [line.required for line in seen.activities()] == [True, False, True, True]
    assert (seen.total, seen.minutes_left, seen.optional_left) == (3, 26, 1)
    assert course.edition.minutes == sum(module.minutes for module in seen.modules) == 26
    take(enrolment, course.quizzes[0], at)
    seen = seen_by(enrolment, course)
    assert (seen.percent, seen.minutes_left, seen.optional_left) == (0, 26, 0)
    assert seen.activities()[1].state == "done"
    read(enrolment, course.lessons[0], at)
    seen = seen_by(enrolment, course)
    assert (seen.percent, seen.done_count) == (33, 1)
    assert [module.is_done for module in seen.modules] == [True, False]


def test_one_goes_on_past_it_also_when_it_was_begun(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    read(enrolment, course.lessons[0], at)
    start(enrolment=enrolment, page=course.quizzes[0], at=at)
    seen = seen_by(enrolment, course)
    assert [line.state for line in seen.activities()] == ["done", "now", "todo", "todo"]
    following = seen.next_activity()
    assert following
    assert following.key == course.lessons[1].key
    [card] = dashboard_of(user=learner, at=at)
    assert card.go_on
    assert (card.go_on.key, card.done, card.total) == (course.lessons[1].key, 1, 3)


def test_what_was_begun_of_the_rest_keeps_its_place(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    start(enrolment=enrolment, page=course.lessons[1], at=at)
    start(enrolment=enrolment, page=course.quizzes[0], at=at)
    following = seen_by(enrolment, course).next_activity()
    assert following
    assert following.key == course.lessons[1].key


def test_the_course_is_complete_without_it_and_it_can_be_taken_afterwards(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    assert finish(enrolment, course, at).completed_at
    seen = seen_by(enrolment, course)
    assert (seen.percent, seen.next_activity(), seen.optional_left) == (100, None, 1)
    take(enrolment, course.quizzes[0], at)
    seen = seen_by(enrolment, course)
    assert (seen.percent, seen.optional_left) == (100, 0)
    [card] = dashboard_of(user=learner, at=at)
    assert (card.done, card.total, card.percent) == (3, 3, 100)


def test_a_tutor_counts_the_same(course: SmallCourse, at: datetime) -> None:
    cohort = cohort_of(course, UserFactory(), at)
    enrolment = enrol(user=UserFactory(), course=course.course, cohort=cohort, at=at)
    read(enrolment, course.lessons[0], at)
    take(enrolment, course.quizzes[0], at)
    [member] = report_on(cohort=cohort, at=at).members
    assert (member.done, member.total) == (1, 3)
    assert member.before
    assert member.before.key == course.lessons[1].key


def test_a_module_that_requires_nothing_is_never_done(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    seen = seen_by(enrolment, course)
    seen.modules[0].activities = [seen.modules[0].activities[1]]
    seen.modules[0].activities[0].state = "done"
    assert not seen.modules[0].is_done


def test_the_pages_say_what_is_optional_and_lead_past_it(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    browser = sign_in(Client(), learner)
    shown = browser.get(course.course.url).content.decode()
    assert shown.count("optional ·") == 1
    assert "The optional activities stay open to you." not in shown
    lesson = browser.get(course.lessons[0].url).content.decode()
    assert "Done, next: Second" in lesson
    assert "the certificate does not depend on it" not in lesson
    assert "the certificate does not depend on it" in (
        browser.get(course.quizzes[0].url).content.decode()
    )
    read(enrolment, course.lessons[0], at)
    way = browser.post(reverse("finish_lesson", args=[course.lessons[0].key]))
    assert way["Location"] == course.lessons[1].url
    finish(enrolment, course, at)
    shown = browser.get(course.course.url).content.decode()
    assert "Course completed" in shown
    assert "The optional activities stay open to you." in shown
    assert f'href="{course.quizzes[0].url}"' in shown
