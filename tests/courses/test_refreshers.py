"""A course that is a short refresher of another: declared, frozen, said, and taken again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from assessments.attempts import standing_in
from assessments.extra_time import extra_time_of, give_extra_time
from courses import renewals
from courses.dashboard import dashboard_of
from courses.edition_changes import next_edition
from courses.editions import publish_edition
from courses.enrolment import enrol
from courses.models import CoursePage, Enrolment
from courses.models.refreshing import CourseForm
from courses.refreshers import refreshers
from courses.renewals import Renewal
from lrs.events import Event
from lrs.models import Statement
from people.models import User
from tests.factories.courses import SmallCourse, in_serbian, small_course
from tests.factories.people import UserFactory
from tests.factories.refreshers import refresh, refresher
from tests.support import take
from xapi import types, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def short(course: SmallCourse, at: datetime) -> SmallCourse:
    return refresher(course, at)


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> Renewal:
    """Everybody has a certificate that ends soon, so that it is time to renew."""
    earned_at = datetime(2027, 1, 1, tzinfo=UTC)
    renewal = Renewal("Renews your certificate.", is_due=True, earned_at=earned_at)
    monkeypatch.setattr(renewals, "_sources", {"test": lambda user, key, at: renewal})
    return renewal


def completed_of(enrolment: Enrolment) -> Event:
    said = Statement.objects.get(
        registration=enrolment.registration,
        verb=verbs.COMPLETED.id,
        activity_type=types.COURSE,
    )
    return Event.of(said)


def test_it_is_frozen_in_the_edition_and_said_on_completion(
    course: SmallCourse, short: SmallCourse, learner: User, at: datetime
) -> None:
    key = course.course.translation_key
    assert short.edition.refresher_of == key
    done = completed_of(refresh(learner, short, at))
    assert done.facts["refreshes"] == str(key)
    assert done.facts["law-as-of"] == "2028-05-01"


def test_an_ordinary_course_says_nothing_of_it(
    course: SmallCourse, learner: User, at: datetime
) -> None:
    assert "refreshes" not in completed_of(refresh(learner, course, at)).facts


def test_another_course_to_refresh_is_another_edition(
    course: SmallCourse, short: SmallCourse, at: datetime
) -> None:
    short.course.refresher_of = None
    short.course.save_revision().publish()
    (change,) = next_edition(short.course).changes
    assert (change.about, change.now, change.then) == ("Refresher of", "Core", "–")
    assert publish_edition(course=short.course, at=at).number == 2
    assert publish_edition(course=short.course, at=at).number == 2


def test_whoever_began_keeps_what_was_promised(
    short: SmallCourse, learner: User, at: datetime
) -> None:
    begun = enrol(user=learner, course=short.course, at=at)
    short.course.refresher_of = None
    short.course.save_revision().publish()
    publish_edition(course=short.course, at=at)
    assert "refreshes" in completed_of(refresh(learner, short, at)).facts
    assert begun.edition == 1


@pytest.mark.parametrize(
    ("page", "of", "words"),
    [
        ("core", "core", "cannot be a refresher of itself"),
        ("third", "refresher", "“Refresher” is a refresher itself"),
        ("core", "third", "This course has a refresher, “Refresher”"),
        ("core", "refresher", "“Refresher” is a refresher itself"),
    ],
    ids=["itself", "a chain", "a chain from its other end", "a circle"],
)
def test_neither_itself_nor_a_chain_nor_a_circle(
    page: str, of: str, words: str, short: SmallCourse, at: datetime
) -> None:
    small_course(at, slug="third")
    course = CoursePage.objects.get(slug=page)
    course.refresher_of = CoursePage.objects.get(slug=of)
    with pytest.raises(ValidationError, match=words):
        course.full_clean()


def test_only_the_page_in_the_source_language_can_be_named(
    course: SmallCourse, short: SmallCourse
) -> None:
    serbian = in_serbian(course).course
    short.course.refresher_of = serbian
    with pytest.raises(ValidationError, match="in English"):
        short.course.full_clean()


def test_the_form_offers_other_courses_and_does_not_ask_translations(
    course: SmallCourse, short: SmallCourse
) -> None:
    form_class = CoursePage.get_edit_handler().get_form_class()
    assert issubclass(form_class, CourseForm)
    offered = form_class(instance=short.course).fields["refresher_of"].queryset
    assert list(offered) == [course.course]
    serbian = in_serbian(course).course
    assert "refresher_of" not in form_class(instance=serbian).fields


def test_a_course_knows_its_refresher_while_it_is_published(
    course: SmallCourse, short: SmallCourse
) -> None:
    key = course.course.translation_key
    assert refreshers()[key].page == short.course
    assert refreshers()[key].edition == short.edition
    short.course.unpublish()
    assert refreshers() == {}


def test_of_two_the_one_that_was_published_last_counts(
    course: SmallCourse, short: SmallCourse, at: datetime
) -> None:
    newer = refresher(course, at + timedelta(days=30), slug="newer")
    assert refreshers()[course.course.translation_key].page == newer.course


def test_it_is_taken_again_when_it_is_time(
    short: SmallCourse, learner: User, at: datetime, due: Renewal
) -> None:
    first = refresh(learner, short, at)
    later = at + timedelta(days=1000)
    again = enrol(user=learner, course=short.course, at=later)
    assert again.registration != first.registration
    assert enrol(user=learner, course=short.course, at=later) == again
    (card,) = dashboard_of(user=learner, at=later)
    assert card.enrolment == again


def test_not_before_the_certificate_that_it_brings_is_there(
    short: SmallCourse, learner: User, at: datetime, due: Renewal
) -> None:
    done = refresh(learner, short, due.earned_at + timedelta(days=1))
    soon = due.earned_at + timedelta(days=1, minutes=1)
    assert enrol(user=learner, course=short.course, at=soon) == done


def test_before_that_it_stays_completed(short: SmallCourse, learner: User, at: datetime) -> None:
    first = refresh(learner, short, at)
    assert enrol(user=learner, course=short.course, at=at + timedelta(days=1)) == first


def test_no_other_course_is_taken_again(
    course: SmallCourse, learner: User, at: datetime, due: Renewal
) -> None:
    first = refresh(learner, course, at)
    assert enrol(user=learner, course=course.course, at=at + timedelta(days=1000)) == first


def test_whoever_takes_it_again_has_every_attempt_and_the_extra_time(
    short: SmallCourse, learner: User, at: datetime, due: Renewal
) -> None:
    begun = enrol(user=learner, course=short.course, at=at)
    give_extra_time(trainer=UserFactory(), enrolment=begun, percent=25, reason="Slowly.", at=at)
    take(begun, short.quizzes[0], at, right=False)
    refresh(learner, short, at + timedelta(days=1))
    again = enrol(user=learner, course=short.course, at=at + timedelta(days=1000))
    allowed = short.quizzes[0].attempts_allowed
    now = standing_in(enrolment=again, quiz=short.quizzes[0], at=at + timedelta(days=1000))
    assert (now.left, now.earlier) == (allowed, 0)
    assert extra_time_of(again) == 25


def test_its_page_says_what_it_is(course: SmallCourse, short: SmallCourse) -> None:
    shown = Client().get(short.course.url).content.decode()
    assert "A short refresher of the course “Core”" in shown
    assert "Short refresher" in shown
    assert "A short refresher of" not in Client().get(course.course.url).content.decode()
