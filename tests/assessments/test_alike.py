"""The bank finds what was written twice."""

import pytest
from pytest_django import DjangoAssertNumQueries

from assessments.alike import alike
from assessments.models import Question
from tests.factories.courses import SmallCourse, question, question_in_serbian

pytestmark = pytest.mark.django_db


def worded(slug: str, stem: str) -> Question:
    made = question(slug, tags=["alike"])
    made.stem = stem
    made.save()
    return made


@pytest.fixture
def first(course: SmallCourse) -> Question:
    return worded("first", "Which of these is a means of trafficking under article 4?")


def test_the_same_in_other_words_is_found_the_likest_first(first: Question) -> None:
    near = worded("near", "Under Article 4, which of these is a means of trafficking?")
    same = worded("same", "Which of these is a means of TRAFFICKING under article 4")
    worded("far", "Whom does a labour inspector call first, and within how many hours?")
    found = alike(first)
    assert [one.question for one in found] == [same, near]
    assert found[0].percent >= 99 > found[1].percent


def test_another_language_is_no_double(first: Question) -> None:
    question_in_serbian(first, first.stem)
    assert alike(first) == []


def test_either_script_is_the_same(first: Question) -> None:
    latin = worded("latin", "Šta je sredstvo trgovine ljudima po članu 4 Konvencije?")
    cyrillic = worded("cyrillic", "Шта је средство трговине људима по члану 4 Конвенције?")
    assert [one.question for one in alike(latin)] == [cyrillic]


def test_a_larger_bank_asks_no_more_queries(
    first: Question, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        worded(f"more-{number}", f"Another question, number {number}?")
        with django_assert_num_queries(1):
            alike(first)
