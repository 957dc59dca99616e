"""The outline fills up, and says where to go on."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils.translation import override
from wagtail.models import Locale

from courses.catalogue import courses_for
from courses.dashboard import dashboard_of
from courses.enrolment import enrol
from courses.going_on import ways_on
from courses.models import CoursePage, Edition, Enrolment
from courses.outline import Outline, outline_of, page_of
from courses.study import edition_of, start
from people.models import User
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import ProfessionFactory, UserFactory
from tests.support import complete, read, take

pytestmark = pytest.mark.django_db


def outline(course: SmallCourse, enrolment: Enrolment | None = None) -> Outline:
    return outline_of(course=course.course, edition=course.edition, enrolment=enrolment)


def states(outline: Outline) -> list[str]:
    return [activity.state for activity in outline.activities()]


def test_a_visitor_sees_structure_and_words(course: SmallCourse) -> None:
    seen = outline(course)
    assert [module.title for module in seen.modules] == ["Module 1", "Module 2"]
    assert [a.title for a in seen.activities()] == ["First", "Quiz", "Second", "Final"]
    assert states(seen) == ["todo"] * 4
    assert (seen.total, seen.lesson_count, seen.minutes_left) == (4, 2, 36)
    assert seen.activities()[0].url == course.lessons[0].url


def test_it_fills_up_as_one_goes(course: SmallCourse, enrolment: Enrolment, at: datetime) -> None:
    assert outline(course, enrolment).percent == 0
    read(enrolment, course.lessons[0], at)
    seen = outline(course, enrolment)
    assert states(seen) == ["done", "todo", "todo", "todo"]
    assert (seen.percent, seen.done_count, seen.minutes_left) == (25, 1, 28)
    assert not seen.modules[0].is_done
    complete(enrolment, course, at)
    seen = outline(course, enrolment)
    assert (seen.percent, seen.minutes_left, seen.next_activity()) == (100, 0, None)
    assert all(module.is_done for module in seen.modules)


def test_one_goes_on_with_what_was_begun_last(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    following = outline(course, enrolment).next_activity()
    assert following
    assert following.key == course.lessons[0].key
    start(enrolment=enrolment, page=course.lessons[0], at=at)
    start(enrolment=enrolment, page=course.lessons[1], at=at + timedelta(minutes=1))
    seen = outline(course, enrolment)
    assert states(seen) == ["todo", "todo", "now", "todo"]
    following = seen.next_activity()
    assert following
    assert following.key == course.lessons[1].key


def test_a_failed_quiz_stays_open_with_its_best_result(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    take(enrolment, course.quizzes[0], at, right=False)
    quiz = outline(course, enrolment).activities()[1]
    assert (quiz.state, quiz.best_scaled) == ("now", 0.0)


def test_an_activity_knows_its_neighbours(course: SmallCourse) -> None:
    position = outline(course).around(course.quizzes[0].key)
    assert position
    assert position.previous
    assert position.next
    assert (position.module.number, position.index, position.total) == (1, 2, 2)
    assert position.previous.key == course.lessons[0].key
    assert position.next.key == course.lessons[1].key
    assert outline(course).around(course.course.translation_key) is None


def test_another_learner_sees_none_of_it(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    complete(enrolment, course, at)
    other = enrol(user=UserFactory(), course=course.course, at=at)
    assert outline(course, other).percent == 0


def test_a_page_is_found_live_and_in_the_nearest_language(course: SmallCourse) -> None:
    lesson = course.lessons[0]
    assert page_of(key=lesson.key) == lesson
    with override("sr"):
        assert page_of(key=lesson.key) == lesson
    lesson.unpublish()
    assert page_of(key=lesson.key) is None


def titles(profession: str = "") -> list[CoursePage]:
    return [card.page for card in courses_for(professions={profession} if profession else ())]


def test_the_catalogue_shows_what_can_be_taken(course: SmallCourse, at: datetime) -> None:
    track = small_course(at, slug="track")
    judge = ProfessionFactory(key="judge")
    track.course.professions.set([judge, ProfessionFactory(key="prosecutor")])
    track.course.save()
    assert titles() == [course.course, track.course]
    assert titles("judge") == [course.course, track.course]
    assert titles("police-officer") == [course.course]
    Edition.objects.filter(course_key=course.course.translation_key).delete()
    assert titles() == [track.course]
    track.course.unpublish()
    assert titles() == []


def test_the_catalogue_stands_in_the_alphabet_of_the_reader(
    course: SmallCourse, at: datetime
) -> None:
    """The core courses first; then those for one profession."""
    for slug in ("džez", "dom", "đak"):
        track = small_course(at, slug=slug).course
        CoursePage.objects.filter(pk=track.pk).update(title=slug, level="track")
    CoursePage.objects.update(locale=Locale.objects.create(language_code="sr"))

    def found(language: str) -> list[str]:
        with override(language):
            return [card.page.title for card in courses_for()]

    assert found("sr-latn") == ["Core", "dom", "džez", "đak"]
    assert found("sr") == ["Core", "dom", "đak", "džez"]


def test_a_card_carries_the_newest_edition(course: SmallCourse, at: datetime) -> None:
    Edition.objects.create(
        course_key=course.edition.course_key,
        number=2,
        outline={"modules": []},
        rule={},
        minutes=99,
        law_as_of=course.edition.law_as_of,
        published_at=at,
    )
    assert [card.edition.minutes for card in courses_for()] == [99]


def test_my_learning_shows_the_course_touched_last_first(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    other = small_course(at, slug="other")
    enrol(user=learner, course=other.course, at=at)
    read(enrolment, course.lessons[0], at)
    cards = dashboard_of(user=learner, at=at)
    assert [card.page for card in cards] == [course.course, other.course]
    assert [(card.done, card.total, card.percent) for card in cards] == [(1, 4, 25), (0, 4, 0)]
    newest = small_course(at, slug="newest")
    enrol(user=learner, course=newest.course, at=at + timedelta(days=1))
    assert dashboard_of(user=learner, at=at)[0].page == newest.course
    other.course.unpublish()
    assert dashboard_of(user=learner, at=at)[2].page is None
    assert dashboard_of(user=UserFactory(), at=at) == []
    assert edition_of(enrolment) == cards[0].edition


def test_my_learning_goes_on_with_what_was_begun_last(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    start(enrolment=enrolment, page=course.lessons[1], at=at)
    [card] = dashboard_of(user=learner, at=at)
    assert card.go_on
    assert card.go_on.key == course.lessons[1].key
    complete(enrolment, course, at)
    [card] = dashboard_of(user=learner, at=at)
    assert card.go_on is None


def test_one_goes_on_past_a_quiz_that_is_shut_for_now(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    read(enrolment, course.lessons[0], at)
    quiz = course.quizzes[0]

    def next_at(now: datetime) -> UUID:
        seen = outline(course, enrolment)
        way = ways_on([(enrolment, seen)], at=now)[enrolment.pk]
        [card] = dashboard_of(user=learner, at=now)
        assert way
        assert card.go_on
        assert card.go_on.key == way.key
        return way.key

    for seed in range(3):
        assert next_at(at) == quiz.key
        take(enrolment, quiz, at, right=False, seed=seed)
    assert next_at(at + timedelta(hours=1)) == course.lessons[1].key
    assert next_at(at + timedelta(days=2)) == quiz.key
    read(enrolment, course.lessons[1], at)
    take(enrolment, course.quizzes[1], at)
    # Nothing else is left: the quiz says when it opens.
    assert next_at(at + timedelta(hours=1)) == quiz.key
