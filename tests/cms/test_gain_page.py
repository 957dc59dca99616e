"""The gain of a cohort, in the CMS: words, picture, table; for whom it is, and for whom not."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from courses.enrolment import enrol
from courses.models import Cohort, Enrolment
from people.models import User
from people.roles import TRAINER
from tests.cms.conftest import sign_in
from tests.factories.cohorts import cohort_of
from tests.factories.courses import SmallCourse
from tests.factories.forms import TwoTests, pair_of_tests, sit_both
from tests.factories.people import UserFactory

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(course: SmallCourse) -> TwoTests:
    return pair_of_tests(course)


@pytest.fixture
def tutor(course: SmallCourse) -> User:
    user = UserFactory()
    user.groups.add(Group.objects.get(name=TRAINER))
    return user


@pytest.fixture
def cohort(course: SmallCourse, tutor: User, at: datetime) -> Cohort:
    return cohort_of(course, tutor, at)


def take_both(
    count: int, pair: TwoTests, course: SmallCourse, at: datetime, of: Cohort | None = None
) -> None:
    """Let so many people know one of four before, and two or three after."""
    for number in range(count):
        enrolment = enrol(user=UserFactory(), course=course.course, cohort=of, at=at)
        sit_both(enrolment, pair, at, before=[0], after=range(2 + number % 2), seed=number)


def gain(browser: Client, pair: TwoTests, **asked: object) -> str:
    response = browser.get(reverse("quiz_gain", args=[pair.after.key]), asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_trainer_reads_how_much_a_cohort_has_gained(
    pair: TwoTests, course: SmallCourse, cohort: Cohort, tutor: User, at: datetime
) -> None:
    """Ten gain 25 or 50 points: 37.5 on average, ± 2.2622 · 13.176 / sqrt(10) = 9.43."""
    take_both(10, pair, course, at, cohort)
    said = gain(sign_in(tutor), pair, cohort=cohort.pk)
    assert "On average 38 points more, 95 % between 28 and 47, of 10 people." in said
    assert "Compared with “What you know”." in said
    assert f'<option value="{cohort.pk}" selected>' in said
    assert '<svg viewBox="0 0 600' in said
    assert 'role="img"' in said
    for heading in ("All together", "Consent", "Elements", "A before, B after"):
        assert heading in said
    assert not any(str(one) in said for one in Enrolment.objects.values_list("actor", flat=True))


def test_few_people_are_not_shown(
    pair: TwoTests, course: SmallCourse, cohort: Cohort, tutor: User, at: datetime
) -> None:
    take_both(4, pair, course, at, cohort)
    for asked in ({"cohort": cohort.pk}, {}):
        said = gain(sign_in(tutor), pair, **asked)
        assert "Fewer than 5 people have taken both tests" in said
        assert "<svg viewBox" not in said.split('class="own-page"')[1]
        assert "On average" not in said


def test_all_are_not_shown_where_that_would_tell_of_few(
    pair: TwoTests, course: SmallCourse, cohort: Cohort, tutor: User, as_role: AsRole, at: datetime
) -> None:
    take_both(6, pair, course, at, cohort)
    take_both(2, pair, course, at)
    assert "The figures of all would tell those of fewer than 5" in gain(sign_in(tutor), pair)
    assert "of 6 people" in gain(sign_in(tutor), pair, cohort=cohort.pk)
    assert "of 8 people" in gain(as_role("reviewer"), pair)  # who sees no cohort


def test_somebody_elses_cohort_is_not_to_be_chosen(
    pair: TwoTests, course: SmallCourse, cohort: Cohort, as_role: AsRole, at: datetime
) -> None:
    take_both(5, pair, course, at, cohort)
    take_both(5, pair, course, at)
    said = gain(as_role("trainer"), pair, cohort=cohort.pk)
    assert "of 10 people" in said
    assert cohort.name not in said
    assert cohort.name in gain(as_role("administrator"), pair, cohort="' OR 1=1")


@pytest.mark.parametrize("role", ["officer", "learner"])
def test_nobody_else_gets_in(role: str, pair: TwoTests, as_role: AsRole) -> None:
    address = reverse("quiz_gain", args=[pair.after.key])
    assert as_role(role).get(address).status_code in (302, 403)
    assert Client().get(address).status_code == 302


def test_it_is_found_from_the_figures_of_both_tests_and_from_the_cohort(
    pair: TwoTests, cohort: Cohort, tutor: User
) -> None:
    browser = sign_in(tutor)
    for quiz in (pair.before, pair.after):
        fares = browser.get(reverse("quiz_fares", args=[quiz.key])).content.decode()
        assert reverse("quiz_gain", args=[quiz.key]) in fares
    here = reverse("quiz_gain", args=[pair.after.key])
    members = browser.get(reverse("cohorts:members", args=[cohort.pk])).content.decode()
    assert f"{here}?cohort={cohort.pk}" in members
    assert "Gain: What you have learned" in members
    before = browser.get(reverse("quiz_gain", args=[pair.before.key]), {"cohort": cohort.pk})
    assert before.headers["Location"] == f"{here}?cohort={cohort.pk}"


def test_an_ordinary_quiz_has_no_gain(
    course: SmallCourse, cohort: Cohort, tutor: User, as_role: AsRole
) -> None:
    key = course.quizzes[0].key
    here = reverse("quiz_gain", args=[key])
    assert as_role("trainer").get(here, follow=True).status_code == 404
    fares = as_role("trainer").get(reverse("quiz_fares", args=[key])).content.decode()
    assert "/gain/" not in fares
    members = sign_in(tutor).get(reverse("cohorts:members", args=[cohort.pk]))
    assert "/gain/" not in members.content.decode()


def test_a_test_before_alone_says_what_is_missing(pair: TwoTests, as_role: AsRole) -> None:
    pair.after.unpublish()
    response = as_role("trainer").get(reverse("quiz_gain", args=[pair.before.key]))
    assert "There is no published pair of tests yet" in response.content.decode()


def test_trainers_see_of_a_test_before_that_it_was_handed_in(
    pair: TwoTests, course: SmallCourse, cohort: Cohort, tutor: User, at: datetime
) -> None:
    take_both(1, pair, course, at, cohort)
    browser = sign_in(tutor)
    said = browser.get(reverse("attempts", args=[pair.before.key])).content.decode()
    assert "1 / 4, handed in" in " ".join(said.split())
    assert "passed" not in said.split("<tbody>")[1]
    registration = Enrolment.objects.get(cohort_key=cohort.key).registration
    one = browser.get(reverse("attempt_in_cms", args=[registration, pair.before.key, 1]))
    assert "Form " in one.content.decode()
    assert (
        "Passed at the first attempt"
        not in browser.get(reverse("quiz_fares", args=[pair.before.key])).content.decode()
    )


def test_more_people_ask_no_more_queries(
    pair: TwoTests,
    course: SmallCourse,
    cohort: Cohort,
    tutor: User,
    at: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = sign_in(tutor)
    gain(browser, pair)
    counts = []
    for _ in range(2):
        take_both(5, pair, course, at, cohort)
        with django_assert_max_num_queries(40) as asked:
            gain(browser, pair)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
