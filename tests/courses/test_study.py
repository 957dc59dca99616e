"""Start, finish, and the server's verdicts."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from courses.editions import publish_edition
from courses.enrolment import enrol
from courses.errors import NotEnrolled, NotInEdition, SelfChecksOpen
from courses.models import ActivityProgress, Enrolment, LessonPage, ModuleProgress
from courses.self_checks import answer_self_check, answers_of
from courses.study import finish_lesson, require_in_edition, start
from lrs.events import Event
from lrs.models import Statement
from people.models import Profession, User
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import InstitutionFactory, UserFactory
from tests.support import complete, read, take
from xapi import types, verbs

pytestmark = pytest.mark.django_db


def said(enrolment: Enrolment) -> list[str]:
    log = Statement.objects.filter(registration=enrolment.registration)
    return [verb.rsplit("/", 1)[1] for verb in log.values_list("verb", flat=True)]


def verdict(enrolment: Enrolment, verb: Any, type_: str) -> Event:
    where = {"registration": enrolment.registration, "verb": verb.id, "activity_type": type_}
    return Event.of(Statement.objects.get(**where))


def test_starting_twice_is_one_start(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    for days in range(2):
        start(enrolment=enrolment, page=course.lessons[0], at=at + timedelta(days=days))
    assert said(enrolment) == ["registered", "initialized"]
    enrolment.refresh_from_db()
    assert enrolment.started_at == at


def test_a_whole_course_leads_to_one_verdict_each(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    done = complete(enrolment, course, at)
    assert done.completed_at == at + timedelta(hours=1, minutes=5)
    assert (done.result, done.minutes) == (1.0, course.edition.minutes)
    assert course.edition.minutes == 36
    verdicts = said(done)
    assert verdicts.count("completed") == 3  # two lessons and the course
    assert verdicts.count("satisfied") == verdicts.count("progressed") == 2
    assert ModuleProgress.objects.count() == 2
    complete(enrolment, course, at + timedelta(days=1))
    again = said(done)
    assert again.count("completed") == 3
    assert again.count("satisfied") == 2


def test_nothing_is_completed_before_all_is_done(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    for lesson in course.lessons:
        read(enrolment, lesson, at)
    take(enrolment, course.quizzes[0], at)
    take(enrolment, course.quizzes[1], at, right=False)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    assert said(enrolment).count("satisfied") == 1
    percent = verdict(enrolment, verbs.PROGRESSED, types.COURSE).result["extensions"]
    assert list(percent.values()) == [75]


def test_the_verdict_says_what_it_rests_on(
    course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    complete(enrolment, course, at)
    facts = verdict(enrolment, verbs.COMPLETED, types.COURSE).facts
    assert facts["edition"] == 1
    assert facts["rule"] == course.edition.rule
    assert facts["required"] == sorted(str(key) for key in course.edition.required_keys())
    assert (facts["minutes"], facts["law-as-of"]) == (36, "2026-11-01")
    assert learner.profession
    assert facts["profession"] == learner.profession.key


def test_who_one_is_on_completion_counts(
    course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    learner.institution = InstitutionFactory()
    learner.profession = Profession.objects.create(key="judge", name_en="Judge", name_sr="Судија")
    learner.save()
    done = complete(enrolment, course, at)
    assert done.completed_institution_key == learner.institution.key != done.institution_key
    assert (done.profession_key, done.completed_profession_key) == ("police-officer", "judge")


def test_the_result_is_the_best_final_test(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    take(enrolment, course.quizzes[1], at, right=False)
    take(enrolment, course.quizzes[0], at, right=True)
    assert complete(enrolment, course, at).result == 1.0
    progress = ActivityProgress.objects.get(activity_key=course.quizzes[1].key)
    assert progress.best_scaled == 1.0


def test_what_is_not_required_does_not_hold_one_up(at: datetime) -> None:
    course = small_course(at)
    course.quizzes[0].required = False
    course.quizzes[0].save_revision().publish()
    publish_edition(course=course.course, at=at)
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    for lesson in course.lessons:
        read(enrolment, lesson, at)
    take(enrolment, course.quizzes[1], at)
    enrolment.refresh_from_db()
    assert enrolment.completed_at


def test_done_needs_the_self_check(course: SmallCourse, enrolment: Enrolment, at: datetime) -> None:
    with pytest.raises(SelfChecksOpen):
        finish_lesson(enrolment=enrolment, page=course.lessons[0], at=at)
    assert said(enrolment) == ["registered"]
    read(enrolment, course.lessons[0], at)
    assert ActivityProgress.objects.get(activity_key=course.lessons[0].key).completed_at


def test_finishing_a_lesson_never_started_starts_it(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    finish_lesson(enrolment=enrolment, page=course.lessons[1], at=at)
    assert said(enrolment) == ["registered", "initialized", "completed"]


def answer(
    enrolment: Enrolment, page: LessonPage, choice: str, at: datetime, form: str = "a"
) -> bool:
    return answer_self_check(
        enrolment=enrolment,
        page=page,
        block_id=page.self_checks()[0],
        choice=choice,
        token=form,
        at=at,
    )


def test_a_self_check_may_be_wrong_and_is_never_counted(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    page = course.lessons[0]
    assert not answer(enrolment, page, "yes", at)
    assert answer(enrolment, page, "no", at + timedelta(minutes=1), form="b")
    assert not answer(enrolment, page, "yes", at + timedelta(minutes=2), form="b")  # a retry
    assert answers_of(enrolment=enrolment, activity_key=page.key) == {page.self_checks()[0]: "no"}
    assert said(enrolment).count("answered") == 2
    assert not ActivityProgress.objects.exists()


@pytest.mark.parametrize("choice", ["", "perhaps", "<script>"])
def test_a_forged_choice_is_refused(
    course: SmallCourse, enrolment: Enrolment, at: datetime, choice: str
) -> None:
    with pytest.raises(NotInEdition):
        answer(enrolment, course.lessons[0], choice, at)
    assert said(enrolment) == ["registered"]


def test_an_activity_of_another_course_is_refused(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    other = small_course(at, slug="other")
    with pytest.raises(NotInEdition):
        start(enrolment=enrolment, page=other.lessons[0], at=at)
    with pytest.raises(NotEnrolled):
        require_in_edition(None, other.lessons[0].key)
