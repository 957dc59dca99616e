"""More time for a member: only whoever runs the cohort gives it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import ExtraTime
from courses.enrolment import withdraw
from courses.models import Cohort, Enrolment
from people.actors import people_of
from people.models import User
from tests.cms.conftest import person, sign_in
from tests.factories.cohorts import cohort_of, join
from tests.factories.courses import SmallCourse

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def tutor(course: SmallCourse) -> User:
    return person("trainer")


@pytest.fixture
def cohort(course: SmallCourse, tutor: User) -> Cohort:
    return cohort_of(course, tutor, timezone.now())


@pytest.fixture
def member(cohort: Cohort, course: SmallCourse) -> Enrolment:
    return join(cohort, course, timezone.now(), "Ana Uzor", "Ана Узор")


def address(member: Enrolment) -> str:
    return reverse("give_extra_time", args=[member.registration])


def test_the_tutor_gives_it_from_the_list_of_members(
    tutor: User, cohort: Cohort, member: Enrolment
) -> None:
    browser = sign_in(tutor)
    assert address(member) in browser.get(f"/cms/cohorts/{cohort.pk}/").content.decode()
    form = browser.get(address(member))
    assert "has as much time as everybody else" in form.content.decode()
    sent = {"percent": "50", "reason": "Decided.", "token": form.context["form"].initial["token"]}
    for _ in range(2):  # two clicks give once
        assert browser.post(address(member), sent).status_code == 302
    given = ExtraTime.objects.get()
    assert (given.percent, given.granted_by) == (50, tutor.actor.id)
    assert "has 50 % more time" in browser.get(address(member)).content.decode()


@pytest.mark.parametrize(
    "fault", [{"percent": "301"}, {"percent": "-1"}, {"percent": ""}, {"reason": " "}]
)
def test_what_cannot_be_is_refused(tutor: User, member: Enrolment, fault: dict[str, str]) -> None:
    sent = {"percent": "50", "reason": "Decided.", "token": "t"} | fault
    page = sign_in(tutor).post(address(member), sent)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not ExtraTime.objects.exists()


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "administrator", "learner"])
def test_nobody_else_gives_it(
    role: str, cohort: Cohort, member: Enrolment, as_role: AsRole
) -> None:
    browser = as_role(role)
    sent = {"percent": "50", "reason": "Decided.", "token": "t"}
    assert browser.get(address(member)).status_code in (302, 403, 404)
    assert browser.post(address(member), sent).status_code in (302, 403, 404)
    assert not ExtraTime.objects.exists()
    members = browser.get(f"/cms/cohorts/{cohort.pk}/")
    assert address(member) not in members.content.decode()


def test_who_has_left_is_given_none(tutor: User, member: Enrolment) -> None:
    learner = people_of([member.learner])[member.learner]
    withdraw(user=learner, enrolment=member, at=timezone.now())
    assert sign_in(tutor).get(address(member), follow=True).status_code == 404
