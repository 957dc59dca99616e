"""Mastery per objective: enough points in all is not enough where one objective is missing."""

import json
import random
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.grading import submit_attempt
from assessments.item_statistics.by_objective import lines_by_objective
from assessments.models import Attempt, Question, QuizPage, Response
from assessments.papers import frozen_questions
from assessments.regrading.consequences import consequences_of
from assessments.regrading.decisions import decide
from assessments.verdicts import judge
from courses.models import Enrolment
from lrs.models import Statement
from people.models import User
from tests.factories.courses import SmallCourse, objective, published, question
from tests.support import right_answer, sign_in, work, wrong_answer
from xapi import verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    """Three questions on the elements, two on consent; half of each objective is needed."""
    for slug in ("core-consent-1", "core-consent-2"):
        made = question(slug, tags=["mastered"])
        made.objective = objective("consent")
        made.save()
        published(made)
    for number in range(3):
        question(f"core-elements-{number}", tags=["mastered"])
    page = course.quizzes[0]
    page.questions = [("draw", {"tags": "mastered", "count": 5})]
    page.pass_mark, page.mastery, page.attempts_allowed = 60, 50, 9
    page.save_revision().publish()
    return page


def take(enrolment: Enrolment, quiz: QuizPage, at: datetime, *, missing: str) -> Attempt:
    """Answer whatever is about `missing` wrongly, the others rightly."""
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    about = {one["key"]: one["objective"] for one in attempt.drawn}
    for asked in frozen_questions(attempt):
        right = about[str(asked.key)] != missing
        given_ = right_answer(asked) if right else wrong_answer(asked, random.Random(1))
        save_choice(attempt=attempt, question_key=asked.key, choices=given_, version=0, at=at)
    return submit_attempt(
        enrolment=enrolment, quiz=quiz, number=attempt.number, at=at + timedelta(minutes=5)
    )


def test_whoever_misses_an_objective_has_not_passed(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    attempt = take(enrolment, quiz, at, missing="consent")
    assert (attempt.raw, attempt.maximum, attempt.passed) == (3, 5, False)
    assert attempt.short == ["consent"]
    later = take(enrolment, quiz, at + timedelta(hours=1), missing="")
    assert (later.passed, later.short) == (True, [])


def test_the_log_says_which_rule_decided(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    take(enrolment, quiz, at, missing="consent")
    row = Statement.objects.get(verb=verbs.FAILED.id)
    said = json.loads(row.body)["context"]["extensions"]
    facts = {name.rpartition("/")[2]: value for name, value in said.items()}
    assert (facts["pass-mark"], facts["mastery"], facts["short"]) == (60, 50, ["consent"])


def test_the_rule_of_the_attempt_counts_not_todays(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    quiz.mastery = None
    quiz.save_revision().publish()
    assert take(enrolment, quiz, at, missing="consent").short == ["consent"]
    later = take(enrolment, quiz, at + timedelta(hours=1), missing="consent")
    assert (later.passed, later.mastery) == (True, None)


def test_the_result_names_what_is_missing(
    quiz: QuizPage, enrolment: Enrolment, at: datetime, client: Client, learner: User
) -> None:
    attempt = take(enrolment, quiz, at, missing="consent")
    sign_in(client, learner)
    page = client.get(reverse("result", args=[quiz.key, attempt.number])).content.decode()
    assert "Too few points in:" in page
    assert "<b>Consent</b>" in page
    assert "Of each objective it takes 50 %." in page
    assert "and 50 % of each objective" in client.get(quiz.url).content.decode()


def test_a_key_that_was_wrong_gives_the_missing_objective_back(
    quiz: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    take(enrolment, quiz, at, missing="consent")
    asked = Question.objects.get(slug="core-consent-1")
    chosen = Response.objects.get(question_key=asked.key).answer
    blocks = asked.options.get_prep_value()
    for block in blocks:
        block["value"]["correct"] = block["id"] in chosen
    asked.options = blocks
    asked.save_revision().publish()
    asked.refresh_from_db()
    (verdict,) = consequences_of(asked).verdicts
    assert (verdict.passed, verdict.judged.short) == (True, ())
    later = at + timedelta(hours=1)
    decide(question=asked, keeps=False, reason="The key was wrong.", by=uuid4(), at=later)
    work()
    attempt = Attempt.objects.get()
    assert (attempt.passed, attempt.short, attempt.raw) == (True, [], 4)


def made(worth: list[tuple[str, float]], mastery: int | None, mark: int) -> tuple[Attempt, dict]:
    keys = [uuid4() for _ in worth]
    drawn = [
        {"key": str(key), "objective": about} if about else {"key": str(key)}
        for key, (about, _) in zip(keys, worth, strict=True)
    ]
    attempt = Attempt(drawn=drawn, mastery=mastery, pass_mark=mark)
    return attempt, {key: one for key, (_, one) in zip(keys, worth, strict=True)}


WORTH = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from([0.0, 0.5, 1.0])), min_size=1
)


@given(WORTH, st.integers(1, 100), st.integers(1, 100))
def test_mastery_only_ever_asks_for_more(
    worth: list[tuple[str, float]], mastery: int, mark: int
) -> None:
    strict = judge(*made(worth, mastery, mark))
    mild = judge(*made(worth, None, mark))
    assert (strict.raw, strict.maximum) == (mild.raw, mild.maximum)
    assert mild.short == ()
    assert strict.passed == (mild.passed and not strict.short)
    for about in "abc":
        points = [one for name, one in worth if name == about]
        below = bool(points) and sum(points) * 100 < mastery * len(points)
        assert (about in strict.short) == below


def test_objectives_fare_as_worked_by_hand() -> None:
    """Six learners; on consent 1, 1, 1, 0.5, 0, 0: mean 3.5 / 6. Too few had the other one."""
    keys = [uuid4(), uuid4(), uuid4()]
    drawn = [
        {"key": str(keys[0]), "objective": "consent"},
        {"key": str(keys[1]), "objective": "consent"},
        {"key": str(keys[2]), "objective": "means"},
    ]
    scores = [(1, 1), (1, 1), (1, 1), (1, 0), (0, 0), (0, 0)]
    papers = [{keys[0]: float(one), keys[1]: float(two)} for one, two in scores]
    papers[0][keys[2]] = 1.0
    consent, means = lines_by_objective([Attempt(drawn=drawn)], papers)
    assert (consent.key, consent.count) == ("consent", 6)
    assert consent.facility == pytest.approx(3.5 / 6)
    assert (means.key, means.count, means.facility) == ("means", 1, None)
