"""Attempts in the CMS: a trainer sees those of one's own cohorts, as their learners saw them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.attempt_pages.listing import attempts_open_to, lines_of
from assessments.attempts import start_attempt
from assessments.models import Attempt
from courses.enrolment import enrol
from courses.models import Cohort, Enrolment
from people.models import User
from people.roles import TRAINER
from tests.cms.conftest import sign_in
from tests.factories.cohorts import cohort_of, join
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.support import take

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db
AFTERWARDS = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def tutor(course: SmallCourse) -> User:
    user = UserFactory()
    user.groups.add(Group.objects.get(name=TRAINER))
    return user


@pytest.fixture
def cohort(course: SmallCourse, tutor: User, at: datetime) -> Cohort:
    return cohort_of(course, tutor, at)


@pytest.fixture
def member(cohort: Cohort, course: SmallCourse, at: datetime) -> Enrolment:
    """Vera of the tutor's cohort has failed once and passed once."""
    vera = join(cohort, course, at, "Vera Izmišljenović", "Вера Измишљеновић")
    take(vera, course.quizzes[0], at, right=False)
    take(vera, course.quizzes[0], at, right=True)
    return vera


@pytest.fixture
def stranger(course: SmallCourse, at: datetime) -> Enrolment:
    """Somebody who studies in no cohort."""
    alone = enrol(user=UserFactory(name_latin="Ana Sama"), course=course.course, at=at)
    take(alone, course.quizzes[0], at)
    return alone


def listed(browser: Client, course: SmallCourse, **asked: str) -> str:
    response = browser.get(reverse("attempts", args=[course.quizzes[0].key]), asked)
    assert response.status_code == 200
    return str(response.content.decode())


def one(enrolment: Enrolment, course: SmallCourse, number: int = 1) -> str:
    place = [enrolment.registration, course.quizzes[0].key, number]
    return reverse("attempt_in_cms", args=place)


def test_a_tutor_sees_the_attempts_of_the_own_cohorts_alone(
    course: SmallCourse, tutor: User, member: Enrolment, stranger: Enrolment, as_role: AsRole
) -> None:
    page = listed(sign_in(tutor), course)
    assert page.count("Vera Izmišljenović</a></td>") == 2
    assert "Ana Sama" not in page
    assert "Vera" not in listed(as_role("trainer"), course)
    everything = listed(as_role("administrator"), course)
    assert "Vera Izmišljenović" in everything
    assert "Ana Sama" in everything


def test_the_page_says_whom_it_does_not_show(
    course: SmallCourse, tutor: User, member: Enrolment, stranger: Enrolment, as_role: AsRole
) -> None:
    page = listed(sign_in(tutor), course, cohort="none")
    assert "is seen by administrators alone" in page
    assert "Ana Sama" not in page
    alone = listed(as_role("administrator"), course, cohort="none")
    assert "is seen by administrators alone" not in alone
    assert "Ana Sama" in alone
    assert "Vera" not in alone


# --- from a member to the attempts ----------------------------------------------------------


def of(enrolment: Enrolment) -> str:
    return reverse("attempts_of", args=[enrolment.registration])


def test_a_cohort_leads_to_the_attempts_of_each_member(
    course: SmallCourse, tutor: User, cohort: Cohort, member: Enrolment, as_role: AsRole
) -> None:
    take(member, course.quizzes[1], AFTERWARDS)
    for browser in (sign_in(tutor), as_role("administrator")):
        members = browser.get(reverse("cohorts:members", args=[cohort.pk])).content.decode()
        assert f'href="{of(member)}"' in members
        page = browser.get(of(member)).content.decode()
        assert "Vera Izmišljenović" in page
        assert page.index("<h3>Quiz</h3>") < page.index("<h3>Final</h3>")
        assert f'href="{one(member, course, 2)}"' in page
        assert "Niš" in page  # the way back to the cohort


def test_whoever_has_begun_nothing_has_a_page_that_says_so(
    course: SmallCourse, tutor: User, cohort: Cohort, at: datetime
) -> None:
    new = join(cohort, course, at, "Nova Nezapočeto", "Нова Незапочето")
    assert (
        "No quiz of the course has been begun yet" in sign_in(tutor).get(of(new)).content.decode()
    )


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_else_sees_the_attempts_of_a_member(
    role: str, member: Enrolment, as_role: AsRole
) -> None:
    answer = as_role(role).get(of(member), follow=True)
    assert "Vera" not in answer.content.decode()


def test_a_tutor_does_not_see_who_studies_in_no_cohort(
    tutor: User, stranger: Enrolment, as_role: AsRole
) -> None:
    assert sign_in(tutor).get(of(stranger), follow=True).status_code == 404
    assert "Ana Sama" in as_role("administrator").get(of(stranger)).content.decode()


def test_the_attempts_of_a_member_take_as_many_queries_however_many_there_are(
    course: SmallCourse,
    tutor: User,
    member: Enrolment,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = sign_in(tutor)
    browser.get(of(member))
    with django_assert_num_queries(17):
        browser.get(of(member))
    take(member, course.quizzes[1], AFTERWARDS)
    with django_assert_num_queries(17):
        browser.get(of(member))


def test_they_are_found_by_state_and_cohort(
    course: SmallCourse, tutor: User, cohort: Cohort, member: Enrolment, at: datetime
) -> None:
    start_attempt(enrolment=member, quiz=course.quizzes[0], at=at)
    browser = sign_in(tutor)
    for state, count in (("passed", 1), ("failed", 1), ("running", 1), ("waiting", 0), ("?", 3)):
        assert listed(browser, course, state=state).count("Vera Izmišljenović</a></td>") == count
    assert "Vera" in listed(browser, course, cohort=str(cohort.pk))
    other = cohort_of(course, tutor, at, name="Subotica")
    assert "No attempt is here" in listed(browser, course, cohort=str(other.pk))
    assert "Vera" in listed(browser, course, cohort="' OR 1=1")


def test_one_is_shown_as_its_learner_saw_it(
    course: SmallCourse, tutor: User, member: Enrolment
) -> None:
    page = sign_in(tutor).get(one(member, course)).content.decode()
    assert "Your answer." in page
    assert "not passed" in page
    assert "Because 0" in page
    assert page.index("1. ") < page.index("2. ")
    quiz = course.quizzes[0]
    edit = sign_in(tutor).get(reverse("wagtailadmin_pages:edit", args=[quiz.pk]))
    assert reverse("attempts", args=[quiz.key]) in edit.content.decode()


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_else_sees_it(
    role: str, course: SmallCourse, member: Enrolment, as_role: AsRole
) -> None:
    browser = as_role(role)
    assert browser.get(one(member, course), follow=True).status_code in (403, 404) or (
        "Because 0" not in browser.get(one(member, course), follow=True).content.decode()
    )


def test_a_running_attempt_is_nobodys_to_read(
    course: SmallCourse, tutor: User, member: Enrolment, at: datetime
) -> None:
    start_attempt(enrolment=member, quiz=course.quizzes[0], at=at)
    assert sign_in(tutor).get(one(member, course, 3), follow=True).status_code == 404


def test_more_attempts_ask_no_more_queries(
    course: SmallCourse,
    tutor: User,
    cohort: Cohort,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        name = f"Vera{number} Izmišljenović"
        take(join(cohort, course, at, name, "Вера"), course.quizzes[0], at)
        found = list(attempts_open_to(tutor, course.quizzes[0].key))
        assert len(found) == number + 1
        with django_assert_num_queries(3):
            lines_of(found)
    assert Attempt.objects.count() == 3
