"""Into a course, out of it, and back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from courses.enrolment import cohort_with_key, enrol, enrolment_of, join_cohort, withdraw
from courses.errors import (
    AlreadyCompleted,
    AlreadyInCohort,
    CohortClosed,
    CourseNotOpen,
    EnrolmentEnded,
    UnknownEnrolmentKey,
)
from courses.models import Edition, Enrolment
from courses.study import start
from lrs.models import Statement
from lrs.rebuilding import all_events, differences
from people.models import User
from tests.factories.courses import SmallCourse, cohort
from tests.factories.people import UserFactory
from tests.support import complete

pytestmark = pytest.mark.django_db


def test_enrolling_twice_is_one_enrolment(course: SmallCourse, learner: User, at: datetime) -> None:
    first = enrol(user=learner, course=course.course, at=at)
    again = enrol(user=learner, course=course.course, at=at + timedelta(days=1))
    assert first == again
    assert Statement.objects.count() == 1


def test_an_enrolment_remembers_who_one_was(
    course: SmallCourse, learner: User, at: datetime
) -> None:
    enrolment = enrol(user=learner, course=course.course, at=at)
    assert (enrolment.edition, enrolment.enrolled_at, enrolment.cohort_key) == (1, at, None)
    assert learner.profession
    assert learner.institution
    assert enrolment.profession_key == learner.profession.key
    assert enrolment.institution_key == learner.institution.key


def test_without_profession_or_institution_one_may_enrol_too(
    course: SmallCourse, at: datetime
) -> None:
    visitor = UserFactory(profession=None, institution=None)
    enrolment = enrol(user=visitor, course=course.course, at=at)
    assert (enrolment.profession_key, enrolment.institution_key) == ("", None)


def test_a_course_without_an_edition_is_not_open(
    course: SmallCourse, learner: User, at: datetime
) -> None:
    Edition.objects.all().delete()
    with pytest.raises(CourseNotOpen):
        enrol(user=learner, course=course.course, at=at)
    assert not Statement.objects.exists()


def test_a_cohort_is_joined_with_its_key(course: SmallCourse, learner: User, at: datetime) -> None:
    group = cohort(course.edition, enrolment_key="NIS42")
    typed = cohort_with_key(
        course_key=course.course.translation_key, enrolment_key=" nis42 ", at=at
    )
    enrolment = enrol(user=learner, course=course.course, cohort=typed, at=at)
    assert enrolment.cohort_key == group.key


def test_a_cohort_keeps_its_edition(course: SmallCourse, learner: User, at: datetime) -> None:
    group = cohort(course.edition)
    Edition.objects.create(
        course_key=course.edition.course_key,
        number=2,
        outline=course.edition.outline,
        rule=course.edition.rule,
        minutes=99,
        law_as_of=course.edition.law_as_of,
        published_at=at,
    )
    alone = enrol(user=UserFactory(), course=course.course, at=at)
    together = enrol(user=learner, course=course.course, cohort=group, at=at)
    assert (alone.edition, together.edition) == (2, 1)


def test_a_cohort_of_an_edition_that_is_not_there_is_not_open(
    course: SmallCourse, learner: User, at: datetime
) -> None:
    with pytest.raises(CourseNotOpen):
        enrol(user=learner, course=course.course, cohort=cohort(course.edition, edition=7), at=at)


def test_a_wrong_key_or_one_of_another_course_opens_nothing(
    course: SmallCourse, learner: User, at: datetime
) -> None:
    group = cohort(course.edition, course_key=course.lessons[0].key)
    for key in ("nonsense", group.enrolment_key):
        with pytest.raises(UnknownEnrolmentKey):
            cohort_with_key(course_key=course.course.translation_key, enrolment_key=key, at=at)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 30, 22, 59, tzinfo=UTC), True),  # the last minute in Belgrade
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_cohort_is_open_through_its_last_day(
    course: SmallCourse, moment: datetime, is_open: bool
) -> None:
    group = cohort(course.edition)
    where = {"course_key": group.course_key, "enrolment_key": group.enrolment_key}
    if is_open:
        assert cohort_with_key(**where, at=moment) == group
    else:
        with pytest.raises(CohortClosed):
            cohort_with_key(**where, at=moment)


def test_a_cohort_does_not_end_before_it_starts(course: SmallCourse) -> None:
    with pytest.raises(IntegrityError):
        cohort(course.edition, ends_on=date(2026, 11, 1))


def test_after_withdrawing_nothing_is_recorded(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    withdraw(user=learner, enrolment=enrolment, at=at)
    with pytest.raises(EnrolmentEnded):
        start(enrolment=enrolment, page=course.lessons[0], at=at)
    assert Statement.objects.count() == 2
    assert enrolment_of(user=learner, course_key=enrolment.course) is None


def test_one_may_come_back_and_begin_anew(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    withdraw(user=learner, enrolment=enrolment, at=at)
    again = enrol(user=learner, course=course.course, at=at)
    assert again.registration != enrolment.registration
    assert enrolment_of(user=learner, course_key=enrolment.course) == again


def test_withdrawing_twice_says_so(learner: User, enrolment: Enrolment, at: datetime) -> None:
    withdraw(user=learner, enrolment=enrolment, at=at)
    with pytest.raises(EnrolmentEnded):
        withdraw(user=learner, enrolment=enrolment, at=at)
    assert Statement.objects.count() == 2


def test_what_is_completed_stays(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    opened_long_ago = Enrolment.objects.get(pk=enrolment.pk)
    complete(enrolment, course, at)
    with pytest.raises(AlreadyCompleted):
        withdraw(user=learner, enrolment=opened_long_ago, at=at)
    assert enrolment_of(user=learner, course_key=enrolment.course) == enrolment


def test_joining_a_cohort_later_changes_nothing_that_was_promised(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    before = Enrolment.objects.values().get()
    group = cohort(course.edition, edition=7)
    join_cohort(enrolment=enrolment, cohort=group, at=at + timedelta(days=3))
    assert Enrolment.objects.values().get() == before | {"cohort_key": group.key}
    assert Statement.objects.count() == 2
    assert differences() == []
    assert differences(list(all_events())[::-1]) == []


def test_one_joins_one_cohort_and_only_while_one_studies(
    course: SmallCourse, learner: User, enrolment: Enrolment, at: datetime
) -> None:
    group, other = cohort(course.edition), cohort(course.edition, name="Bor")
    join_cohort(enrolment=enrolment, cohort=group, at=at)
    with pytest.raises(AlreadyInCohort):
        join_cohort(enrolment=enrolment, cohort=other, at=at)
    done = complete(enrol(user=UserFactory(), course=course.course, at=at), course, at)
    with pytest.raises(AlreadyCompleted):
        join_cohort(enrolment=done, cohort=group, at=at)
    leaver = UserFactory()
    left = enrol(user=leaver, course=course.course, at=at)
    withdraw(user=leaver, enrolment=left, at=at)
    with pytest.raises(EnrolmentEnded):
        join_cohort(enrolment=left, cohort=group, at=at)
