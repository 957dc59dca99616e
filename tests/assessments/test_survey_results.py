"""What learners say: counts, shares, means; never of fewer than five, nor to be found by taking
one figure from another."""

import uuid
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from assessments.models import SurveyKind, SurveyVersion
from assessments.surveys.results import Selection, SurveyFigures, figures_by, figures_of
from tests.factories.surveys import CLEAR, said, satisfaction, survey

pytestmark = pytest.mark.django_db

KIND = SurveyKind.SATISFACTION
ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
WEEK = timedelta(weeks=1)


@pytest.fixture
def version(at: datetime) -> SurveyVersion:
    return satisfaction(at)


@pytest.fixture
def monday(at: datetime) -> datetime:
    return at - timedelta(days=1)


def of(**narrowed: object) -> SurveyFigures:
    return figures_of(Selection(KIND, **narrowed))  # type: ignore[arg-type]


def test_figures_of_a_group(version: SurveyVersion, monday: datetime) -> None:
    said(version, ONE, monday, 5, 5, 4, 3, 1, help=["cases", "time"])
    figures = of()
    clear, _recommend, helps = figures.questions
    assert (figures.count, figures.version, figures.may_be_shown) == (5, 1, True)
    assert [part.count for part in clear.parts] == [1, 0, 1, 1, 2]
    assert clear.parts[4].share == 0.4
    assert clear.mean == 3.6
    assert figures.recommend == 0.6  # those who agree mostly or fully
    assert [(part.words, part.count) for part in helps.parts] == [
        ("More cases", 5),
        ("More time", 5),
    ]
    assert helps.mean is None


def test_who_left_a_question_open_is_counted_as_such(
    version: SurveyVersion, monday: datetime
) -> None:
    said(version, ONE, monday, 5, 5, 5, help=["time"])
    said(version, ONE, monday, 4, 4)
    helps = of().questions[2]
    assert (helps.unanswered, helps.parts[1].count, helps.parts[1].share) == (2, 3, 0.6)


def test_fewer_than_five_are_not_shown(version: SurveyVersion, monday: datetime) -> None:
    said(version, ONE, monday, 5, 5, 5, 5)
    figures = of()
    assert (figures.count, figures.questions, figures.may_be_shown) == (0, (), False)
    assert figures_by(Selection(KIND), "course") == {}


def test_no_figure_taken_from_another_leaves_fewer_than_five(
    version: SurveyVersion, monday: datetime
) -> None:
    """Of two judges nothing is counted anywhere: the total less the prosecutors is nobody."""
    said(version, ONE, monday, 5, 5, profession="judge")
    said(version, ONE, monday, 4, 4, 4, 4, 4, 4, profession="prosecutor")
    said(version, OTHER, monday, 3, 3, 3, 3, 3, profession="judge")
    said(version, ONE, monday + WEEK, 1, 1, 1)
    assert of().count == 11
    assert of(course=ONE).count == of(course=ONE, profession="prosecutor").count == 6
    assert of(profession="judge").count == 5
    assert {key: one.count for key, one in figures_by(Selection(KIND), "profession").items()} == {
        "judge": 5,
        "prosecutor": 6,
    }
    assert list(figures_by(Selection(KIND), "week")) == [monday.date().isoformat()]


def test_weeks_are_whole(version: SurveyVersion, monday: datetime) -> None:
    said(version, ONE, monday, 5, 5, 5, 5, 5)
    said(version, ONE, monday + WEEK, 1, 1, 1, 1, 1)
    sunday = (monday + timedelta(days=6)).date()
    assert of(last=sunday).questions[0].mean == 5
    assert of(first=sunday, last=sunday).count == 5
    assert of(first=sunday + timedelta(days=1)).questions[0].mean == 1


def test_versions_are_never_mixed(version: SurveyVersion, monday: datetime, at: datetime) -> None:
    said(version, ONE, monday, 1, 1, 1, 1, 1)
    newer = survey(KIND, [("scale", "clear", CLEAR | {"en": "All is clear."})], at)
    assert (newer.number, of().version) == (2, 1)  # the newest that has answers
    said(newer, ONE, monday, 5, 5, 5, 5, 5)
    assert (of().questions[0].words, of().questions[0].mean) == ("All is clear.", 5)
    assert (of(version=1).questions[0].words, of(version=1).questions[0].mean) == (CLEAR["en"], 1)
    assert of().recommend is None


def test_the_same_questions_are_the_same_version(version: SurveyVersion, at: datetime) -> None:
    assert satisfaction(at) == version


@pytest.mark.parametrize("rows", [1, 30])
def test_two_queries_however_many_have_answered(
    rows: int,
    version: SurveyVersion,
    monday: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        said(version, ONE, monday, 5, 4, 3, 2, 1)
    with django_assert_num_queries(2):
        assert figures_of(Selection(KIND, version=1)).count == 5 * rows


def test_nobody_has_answered_yet(version: SurveyVersion) -> None:
    assert of().count == 0
