"""Figures by group: persons and participations side by side, and what may leave the house."""

import pytest
from django.db.models import QuerySet

from courses.enrolment import enrol
from courses.models import Enrolment
from people.actors import people_of
from people.models import Institution, User
from reports.aggregates import Figures, figures_by, for_outside
from reports.completions import completions
from reports.filters import Filters
from tests.factories.courses import small_course
from tests.factories.people import InstitutionFactory, RegionFactory
from tests.reports.conftest import Justice
from tests.support import complete

pytestmark = pytest.mark.django_db


def report(justice: Justice) -> QuerySet[Enrolment]:
    return completions(mandate=justice.mandate, filters=Filters())


def test_somebody_in_two_courses_is_one_person(
    justice: Justice, django_assert_num_queries: object
) -> None:
    first = justice.learner()
    complete(first, justice.course, justice.at)
    other = small_course(justice.at, slug="other")
    learner = people_of([first.learner])[first.learner]
    enrol(user=learner, course=other.course, at=justice.at)
    justice.learner()
    asked = report(justice)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = figures_by(asked, "profession")
    assert found == [Figures("judge", 2, 3, 1, 1, first_hours(first))]
    assert {one.key: one.participations for one in figures_by(report(justice), "course")} == {
        str(justice.course.course.translation_key): 2,
        str(other.course.translation_key): 1,
    }


def first_hours(enrolment: Enrolment) -> float:
    enrolment.refresh_from_db()
    return round((enrolment.minutes or 0) / 60, 2)


def test_the_institution_at_completion_counts(justice: Justice) -> None:
    done = justice.learner()
    User.objects.filter(actor=done.learner).update(institution=justice.council)
    complete(done, justice.course, justice.at)
    found = figures_by(report(justice), "institution")
    assert [one.key for one in found] == [str(justice.council.key)]


def test_months_are_those_of_completion_in_belgrade(justice: Justice) -> None:
    # Half an hour before midnight in Greenwich it is the next month in Belgrade.
    late = justice.at.replace(month=4, day=30, hour=22, minute=30)
    complete(justice.learner(), justice.course, late)
    justice.learner()
    found = figures_by(report(justice), "month")
    assert [(one.key, one.completions) for one in found] == [("2026-05", 1)]


def test_a_region_is_that_of_the_nearest_institution_above(justice: Justice) -> None:
    north, south = RegionFactory(key="north"), RegionFactory(key="south")
    Institution.objects.filter(pk=justice.council.pk).update(region=north)
    far = InstitutionFactory(parent=justice.council, region=south)
    justice.learner()
    justice.learner(institution=far)
    justice.learner(institution=InstitutionFactory(parent=far))
    found = {one.key: one.persons for one in figures_by(report(justice), "region")}
    assert found == {"north": 1, "south": 2}


def test_who_is_nowhere_in_particular_is_counted_too(justice: Justice) -> None:
    RegionFactory()
    justice.learner()
    assert [one.key for one in figures_by(report(justice), "region")] == [""]


def group(key: str, persons: int, completed: int) -> Figures:
    return Figures(key, persons, persons, completed, completed, float(completed))


def test_a_group_of_few_leaves_without_figures_and_not_alone() -> None:
    few, some, many = for_outside([group("a", 3, 3), group("b", 8, 0), group("c", 40, 20)])
    assert few == Figures("a", None, None, None, None, None)
    assert some == Figures("b", None, None, None, None, None)
    assert many == group("c", 40, 20)


def test_those_who_are_nearly_all_or_nearly_none_are_hidden() -> None:
    found = for_outside([group("a", 40, 38), group("b", 40, 3), group("c", 40, 20)])
    assert [one.persons for one in found] == [40, 40, 40]
    assert [one.completions for one in found] == [None, None, 20]
    assert found[0].hours is None
