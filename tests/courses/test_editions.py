"""What was promised stays: numbered, frozen, kept by running enrolments."""

from datetime import date, datetime

import pytest

from courses.editions import current_edition, publish_edition
from courses.enrolment import enrol
from courses.models import Edition, Enrolment
from courses.outline import outline_of
from courses.study import edition_of
from tests.factories.courses import SmallCourse, lesson
from tests.factories.people import UserFactory
from tests.support import complete

pytestmark = pytest.mark.django_db


def published(course: SmallCourse, at: datetime) -> int:
    return publish_edition(course=course.course, at=at).number


def test_an_edition_holds_order_rule_and_hours(course: SmallCourse) -> None:
    edition = course.edition
    kinds = [activity["kind"] for activity in edition.activities()]
    assert kinds == ["lesson", "quiz", "lesson", "quiz"]
    assert [a["minutes"] for a in edition.activities()] == [8, 10, 8, 10]
    assert edition.minutes == 36
    assert edition.result_keys() == [course.quizzes[1].key]
    assert edition.law_as_of == date(2026, 11, 1)
    assert str(edition.course_key) not in (course.course.slug, course.course.url_path)


def test_nothing_changed_is_no_new_edition(course: SmallCourse, at: datetime) -> None:
    assert published(course, at) == 1
    assert Edition.objects.count() == 1


def test_other_words_are_only_a_revision(course: SmallCourse, at: datetime) -> None:
    page = course.lessons[0]
    page.title, page.slug = "Better words", "better-words"
    page.save_revision().publish()
    assert published(course, at) == 1


def longer(course: SmallCourse) -> None:
    course.lessons[0].minutes = 10
    course.lessons[0].save_revision().publish()


def optional(course: SmallCourse) -> None:
    course.quizzes[0].required = False
    course.quizzes[0].save_revision().publish()


def newer_law(course: SmallCourse) -> None:
    course.course.law_as_of = date(2026, 12, 1)
    course.course.save()


def one_more(course: SmallCourse) -> None:
    course.lessons[1].refresh_from_db()
    lesson(course.lessons[1].get_parent(), "third")


def one_less(course: SmallCourse) -> None:
    course.lessons[1].unpublish()


def another_order(course: SmallCourse) -> None:
    course.lessons[0].move(course.quizzes[0], pos="right")


def another_result(course: SmallCourse) -> None:
    course.quizzes[0].counts_as_result = True
    course.quizzes[0].save_revision().publish()


CHANGES = [longer, optional, newer_law, one_more, one_less, another_order, another_result]


@pytest.mark.parametrize("change", CHANGES)
def test_another_promise_is_another_edition(
    course: SmallCourse, at: datetime, change: object
) -> None:
    before = Edition.objects.values().get()
    assert callable(change)
    change(course)
    assert published(course, at) == 2
    assert published(course, at) == 2
    assert Edition.objects.values().get(number=1) == before


def test_a_draft_changes_no_promise(course: SmallCourse, at: datetime) -> None:
    course.lessons[0].minutes = 60
    course.lessons[0].save_revision()
    assert published(course, at) == 1


def test_running_enrolments_keep_theirs(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    one_more(course)
    longer(course)
    newer = publish_edition(course=course.course, at=at)
    late = enrol(user=UserFactory(), course=course.course, at=at)
    assert (edition_of(enrolment).number, edition_of(late).number) == (1, 2)
    done = complete(enrolment, course, at)
    assert (done.edition, done.minutes) == (1, 36)
    assert complete(late, course, at).completed_at is None
    assert current_edition(course.course.translation_key) == newer


def test_an_archived_activity_stays_in_the_outline_it_was_promised_in(
    course: SmallCourse, enrolment: Enrolment
) -> None:
    one_less(course)
    outline = outline_of(course=course.course, edition=edition_of(enrolment), enrolment=enrolment)
    assert outline.total == 4
    assert [a.url for a in outline.activities() if a.key == course.lessons[1].key] == [""]
