"""From enrolment to completion, and what the log says of it."""

import random
from datetime import datetime, timedelta

import pytest

from courses.enrolment import enrol, withdraw
from courses.errors import EnrolmentEnded, NotInEdition, SelfChecksOpen
from courses.models import ActivityProgress, Enrolment, ModuleProgress
from courses.study import finish_lesson, start
from lrs.models import Statement
from lrs.rebuilding import all_events, differences, rebuild
from tests.factories.courses import small_course
from tests.factories.people import UserFactory
from tests.support import complete, read, take

pytestmark = pytest.mark.django_db


def verbs(enrolment: Enrolment) -> list[str]:
    log = Statement.objects.filter(registration=enrolment.registration)
    return [verb.rsplit("/", 1)[1] for verb in log.values_list("verb", flat=True)]


def test_enrolling_twice_is_one_enrolment(at: datetime) -> None:
    course = small_course(at)
    officer = UserFactory()
    first = enrol(user=officer, course=course.course, at=at)
    again = enrol(user=officer, course=course.course, at=at + timedelta(days=1))
    assert first == again
    assert verbs(first) == ["registered"]


def test_a_whole_course_leads_to_one_verdict_each(at: datetime) -> None:
    course = small_course(at)
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    done = complete(enrolment, course, at)
    assert done.completed_at is not None
    assert done.result == 1.0
    assert done.minutes == course.edition.minutes == 36
    said = verbs(done)
    assert said.count("completed") == 3  # two lessons and the course
    assert said.count("satisfied") == 2
    assert said.count("progressed") == 2
    assert ModuleProgress.objects.filter(registration=done.registration).count() == 2


def test_done_needs_the_self_check(at: datetime) -> None:
    course = small_course(at)
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    with pytest.raises(SelfChecksOpen):
        finish_lesson(enrolment=enrolment, page=course.lessons[0], at=at)
    read(enrolment, course.lessons[0], at)
    assert ActivityProgress.objects.get(activity_key=course.lessons[0].key).completed_at


def test_an_activity_of_another_edition_is_refused(at: datetime) -> None:
    course = small_course(at)
    other = small_course(at, slug="other")
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    with pytest.raises(NotInEdition):
        start(enrolment=enrolment, page=other.lessons[0], at=at)


def test_after_withdrawing_nothing_is_recorded(at: datetime) -> None:
    course = small_course(at)
    officer = UserFactory()
    enrolment = enrol(user=officer, course=course.course, at=at)
    withdraw(user=officer, enrolment=enrolment, at=at)
    with pytest.raises(EnrolmentEnded):
        start(enrolment=enrolment, page=course.lessons[0], at=at)
    again = enrol(user=officer, course=course.course, at=at)
    assert again.registration != enrolment.registration


def test_projections_are_what_the_log_says(at: datetime) -> None:
    course = small_course(at)
    for seed in range(3):
        enrolment = enrol(user=UserFactory(), course=course.course, at=at)
        take(enrolment, course.quizzes[1], at, right=False, seed=seed)
        complete(enrolment, course, at + timedelta(days=seed))
    assert differences() == []
    log = list(all_events())
    random.Random(7).shuffle(log)
    assert differences(log + log[: len(log) // 2]) == []
    ActivityProgress.objects.all().delete()
    assert differences() != []
    rebuild()
    assert differences() == []
