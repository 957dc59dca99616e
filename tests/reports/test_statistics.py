"""Statistics for the action, against figures that were worked out by hand.

Ten social workers and ten judges took a test before and a test after, of two questions each on
elements (art. 4) and on consent (art. 4 and 13); the test after is the one that counts.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from assessments.forms.gain import gain_of
from assessments.forms.pairing import pairs_of
from assessments.models import Attempt, SurveyAnswer, SurveyKind
from courses.enrolment import enrol, withdraw
from courses.models import Enrolment
from people.actors import people_of
from people.models import Profession
from reports.filters import Filters
from reports.statistics.counting import Statistics, statistics_of
from reports.statistics.mapped import ALL
from tests.factories.courses import SmallCourse
from tests.factories.people import MandateFactory, ProfessionFactory
from tests.factories.surveys import satisfaction
from tests.reports.cohorts import RIGHT, Cohort, cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def social_worker(db: None) -> Profession:
    return ProfessionFactory(key="social-worker", name_en="Social worker", track="social")


@pytest.fixture
def judge(db: None) -> Profession:
    return ProfessionFactory(key="judge", name_en="Judge", name_sr="Судија", track="justice")


@pytest.fixture
def taken(
    course: SmallCourse, social_worker: Profession, judge: Profession, at: datetime
) -> Cohort:
    """Social workers: nothing right before; elements right after, and of five consent.
    Those five pass; of the others nobody tries again. Judges: half right before, all after."""
    group = cohort(course, [social_worker, judge], at)
    for number, one in enumerate(group.learners(10, social_worker)):
        group.before(one)
        group.after(one, *(RIGHT if number < 5 else (0, 1)))
        group.complete(one)
    for one in group.learners(10, judge):
        group.before(one, 0, 1)
        group.after(one, *RIGHT)
        group.complete(one)
    return group


def counted(group: Cohort, **filters: Any) -> Statistics:
    return statistics_of(mandate=group.mandate, filters=Filters(**filters))


def test_every_figure_of_a_small_cohort(taken: Cohort) -> None:
    found = counted(taken)
    reach = found.reach
    hours = round(taken.course.edition.minutes / 60, 2)
    assert (reach.all.persons, reach.all.participations, reach.all.completions) == (20, 20, 15)
    assert reach.all.hours == pytest.approx(15 * hours, abs=0.1)
    assert {one.key: (one.persons, one.completions) for one in reach.professions} == {
        "judge": (10, 10),
        "social-worker": (10, 5),
    }
    assert {one.key: one.persons for one in reach.tracks} == {"justice": 10, "social": 10}
    assert [one.completions for one in reach.months] == [15]


def test_hours_do_not_tell_of_the_one_who_completed_another_course(taken: Cohort) -> None:
    """Fifteen completed one course and one another, of other hours: the sum would tell."""
    assert counted(taken).reach.all.hours is not None
    one = Enrolment.objects.filter(completed_at__isnull=True).first()
    assert one
    Enrolment.objects.filter(pk=one.pk).update(
        course_key=uuid4(), completed_at=taken.at, minutes=40
    )
    found = counted(taken)
    reach = found.reach
    groups = [*reach.professions, *reach.tracks, *reach.regions, *reach.months]
    assert {each.hours for each in (reach.all, *groups)} == {None}
    assert {line.hours for line in found.lines} == {None}


def test_tests_are_passed_at_once_or_in_the_end(taken: Cohort) -> None:
    again = Attempt.objects.filter(quiz_key=taken.tests.after.key, passed=False)
    assert {
        one.key: (one.taken, one.first_rate, one.end_rate) for one in counted(taken).passed
    } == {
        "judge": (10, 100, 100),
        "social-worker": (10, 50, 50),
    }
    for attempt in again:
        enrolment = Enrolment.objects.get(pk=attempt.registration)
        taken.after(enrolment, *RIGHT, days=2)
    assert {one.key: (one.first_rate, one.end_rate) for one in counted(taken).passed} == {
        "judge": (100, 100),
        "social-worker": (50, 100),
    }


def test_the_gain_is_that_of_the_same_people(taken: Cohort) -> None:
    gains = counted(taken).gains
    # Before: ten times nothing, ten times 2 of 4. After: five times 2 of 4, else all.
    assert gains.whole
    assert (gains.whole.count, gains.whole.before, gains.whole.after) == (20, 25, 87.5)
    assert gains.whole.gain == 62.5
    assert gains.whole.normalised == pytest.approx(62.5 / 75 * 100)
    told = {key: (one.count, one.before, one.after) for key, one in gains.objectives.items() if one}
    assert told == {"elements": (20, 50, 100), "consent": (20, 0, 75)}
    by_article = {
        number: (one.count, one.before, one.after) for number, one in gains.articles.items() if one
    }
    assert by_article == {4: (20, 25, 87.5), 13: (20, 0, 75)}


def test_it_is_the_gain_that_trainers_see(taken: Cohort) -> None:
    pairs = pairs_of(taken.tests.after.key)
    theirs = gain_of([pair.whole for pair in pairs])
    ours = counted(taken).gains
    assert ours.whole
    assert (theirs.count, theirs.before, theirs.after) == pytest.approx(
        (ours.whole.count, ours.whole.before, ours.whole.after)
    )
    for key in ("elements", "consent"):
        own, mine = gain_of([pair.objectives[key] for pair in pairs]), ours.objectives[key]
        assert mine
        assert (own.before, own.after) == pytest.approx((mine.before, mine.after))


def test_who_leaves_and_comes_again_counts_once(taken: Cohort) -> None:
    first = Enrolment.objects.order_by("registration").first()
    assert first
    user = people_of([first.learner])[first.learner]
    Enrolment.objects.filter(pk=first.pk).update(completed_at=None)
    withdraw(user=user, enrolment=first, at=taken.at)
    again = enrol(user=user, course=taken.course.course, at=taken.at)
    taken.before(again)
    taken.after(again, *RIGHT, days=5)
    gains = counted(taken).gains
    assert gains.whole
    assert (gains.whole.count, gains.whole.after) == (20, 87.5)


def test_social_workers_miss_what_judges_know(taken: Cohort) -> None:
    spots = [spot for spot in counted(taken).spots if spot.question is None]
    assert [(s.profession, s.objective, s.answers, s.own, s.others) for s in spots] == [
        ("social-worker", "consent", 20, 50, 100)
    ]


def test_articles_say_who_was_trained_and_how_it_went(taken: Cohort) -> None:
    lines = {line.article.number: line for line in counted(taken).lines}
    recovery = lines[13]
    assert [one.key for one in recovery.objectives] == ["consent"]
    assert recovery.persons == {"judge": 10, "social-worker": 5, ALL: 15}
    assert recovery.gained
    assert recovery.gained.gain == 75
    assert recovery.passed
    assert (recovery.passed.first_rate, recovery.passed.end_rate) == (75, 75)
    # Nothing serves article 26 here: the table says so.
    assert lines[26].objectives == []
    assert lines[26].persons == {}
    assert lines[26].hours is None


def test_filters_choose_whose_figures_they_are(taken: Cohort) -> None:
    found = counted(taken, profession="judge")
    assert found.reach.all.persons == 10
    assert found.gains.whole
    assert (found.gains.whole.before, found.gains.whole.after) == (50, 100)
    assert [one.key for one in found.passed] == ["judge"]


def test_nobody_outside_the_mandate_is_counted(taken: Cohort, at: datetime) -> None:
    taken.mandate.institutions.clear()
    found = counted(taken)
    assert found.reach.all.persons == 0
    assert found.reach.professions == []
    assert (found.passed, found.spots) == ([], [])
    assert found.gains.whole is None


def test_a_site_without_tests_before_says_so(course: SmallCourse, judge: Profession) -> None:
    found = statistics_of(mandate=MandateFactory(professions=[judge]), filters=Filters())
    assert not found.gains.is_measured


def test_surveys_say_what_the_professions_of_the_mandate_said(taken: Cohort, at: datetime) -> None:
    satisfaction(at)
    course = taken.course.course.translation_key
    for profession, chosen in (("judge", "4"), ("social-worker", "5"), ("lawyer", "1")):
        for _ in range(6):
            SurveyAnswer.objects.create(
                kind=SurveyKind.SATISFACTION,
                version=1,
                course_key=course,
                profession_key=profession,
                week=at.date() - timedelta(days=at.weekday()),
                answers={"clear": [chosen], "recommend": ["5"]},
            )
    said, pulse = counted(taken).surveys
    assert (said.count, pulse.count) == (12, 0)
    [clear] = [one for one in said.questions if one.words == "The lessons are clear."]
    assert clear.counts == {"1": 0, "2": 0, "3": 0, "4": 6, "5": 6}
    assert counted(taken, profession="judge").surveys[0].count == 6


def test_more_people_are_no_more_queries(
    taken: Cohort, judge: Profession, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(100) as few:
        counted(taken)
    for one in taken.learners(3, judge):
        taken.before(one)
        taken.after(one, *RIGHT)
    with django_assert_max_num_queries(100) as many:
        counted(taken)
    assert len(few) == len(many) == 33
