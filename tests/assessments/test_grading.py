"""Long answers: handed in, read by people who do not know whose they are, and then judged."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from assessments.errors import AlreadyGraded, OwnAnswer
from assessments.kinds.long_answer import share_of
from assessments.marking.queue import piles_for, waiting_for
from assessments.marking.recording import mark_answer
from assessments.marking.settling import APART, settled
from assessments.models import Attempt, Mark, Question, QuizPage, Remark, Response
from assessments.results import result_of
from courses.enrolment import enrol, withdraw
from courses.models import ActivityProgress, Enrolment
from lrs.models import Statement
from lrs.rebuilding import differences, refold
from people.erasure import erase
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone, hand_in, play
from tests.factories.courses import SmallCourse
from tests.factories.kinds import parts_of, question_of
from tests.factories.people import UserFactory
from tests.support import sign_in, work
from xapi import verbs
from xapi.data import check_statement

pytestmark = pytest.mark.django_db

WORDS = ["The owner keeps the passports and nobody may leave."]
SOON = timedelta(hours=2)


@pytest.fixture
def case(course: SmallCourse) -> Question:
    """A case to reason about, the only question of the first quiz."""
    return alone(course, question_of("long-answer", rubric(), slug="case", tags=["alone"]))


@pytest.fixture
def quiz(course: SmallCourse, case: Question) -> QuizPage:
    return course.quizzes[0]


def rubric() -> list[tuple[str, dict[str, object]]]:
    return every_kind(0)["long-answer"]


def keys() -> list[str]:
    return [part.key for part in parts_of(rubric(), "case") if part.type == "criterion"]


def points(*given: float) -> dict[str, float]:
    return dict(zip(keys(), given, strict=True))


def writing() -> UUID:
    key = Response.objects.get().writing
    assert key is not None
    return key


def give(at: datetime, *given: float, grader: UUID | None = None, remark: str = "") -> None:
    mark_answer(
        grader=grader or uuid4(), writing=writing(), points=points(*given), remark=remark, at=at
    )


def twice(quiz: QuizPage) -> None:
    quiz.second_grader = True
    quiz.save_revision().publish()


def test_handed_in_it_waits_and_the_verdict_comes_with_the_points(
    quiz: QuizPage, course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    response, shown = play(enrolment, course, WORDS, at)
    attempt = Attempt.objects.get()
    assert (attempt.is_waiting, response.is_waiting, shown.is_waiting) == (True, True, True)
    assert not shown.is_wrong
    assert not Statement.objects.filter(verb__in=[verbs.PASSED.id, verbs.FAILED.id]).exists()
    over = attempt.finished_at
    give(at + SOON, 4, 1, remark="Read module 1 again.")
    attempt.refresh_from_db()
    assert (attempt.passed, attempt.raw, attempt.maximum) == (True, round(5 / 6, 4), 1.0)
    assert attempt.finished_at == over
    assert ActivityProgress.objects.get(activity_key=quiz.key).completed_at == at + SOON
    enrolment.refresh_from_db()
    assert enrolment.last_activity_at == over
    (mark,) = result_of(attempt).questions[0].marks
    assert [(c.points, c.most) for c in mark.criteria] == [(4, 4), (1, 2)]
    assert mark.remark == "Read module 1 again."
    assert differences() == []


def test_the_log_holds_the_points_and_nobodys_words(
    quiz: QuizPage, course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    play(enrolment, course, WORDS, at)
    grader = uuid4()
    give(at + SOON, 4, 2, grader=grader, remark="Well seen.")
    log = [json.loads(row.body) for row in Statement.objects.all()]
    for body in log:
        check_statement(body, "1.0.3")
    assert not any(words in json.dumps(log) for words in ("passports and nobody", "Well seen."))
    (scored,) = (body for body in log if body["verb"]["id"] == verbs.SCORED.id)
    assert scored["actor"]["account"]["name"] == str(grader)
    assert scored["result"]["score"] == {"scaled": 1.0, "raw": 6, "min": 0, "max": 6}
    assert str(Remark.objects.get().key) in json.dumps(scored)
    (answered,) = (body for body in log if body["verb"]["id"] == verbs.ANSWERED.id)
    assert "score" not in answered["result"]


def test_the_learner_sees_that_it_is_read_and_gets_a_letter(
    quiz: QuizPage, course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    play(enrolment, course, WORDS, at)
    client = sign_in(Client(), learner)
    result = client.get(reverse("result", args=[quiz.key, 1])).content.decode()
    assert "Submitted; not graded yet" in result
    assert "The owner keeps the passports.</p>" not in result, "the sample comes with the mark"
    assert "Your answers are being graded." in client.get(quiz.url).content.decode()
    give(at + SOON, 1, 0)
    work()
    (letter,) = mail.outbox
    assert letter.to == [learner.email]
    assert reverse("result", args=[quiz.key, 1]) in letter.body
    result = client.get(reverse("result", args=[quiz.key, 1])).content.decode()
    assert "not passed yet" in result
    assert "The owner keeps the passports.</p>" in result


def test_left_empty_it_earns_nothing_and_waits_for_nobody(
    quiz: QuizPage, course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    response, _ = play(enrolment, course, ["  \n "], at)
    assert (response.scaled, response.is_waiting) == (0.0, False)
    assert Attempt.objects.get().passed is False
    assert not waiting_for(uuid4()).exists()


def test_two_who_agree_count_in_the_mean_and_neither_sees_the_other(
    quiz: QuizPage, course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    twice(quiz)
    play(enrolment, course, WORDS, at)
    first, second = uuid4(), uuid4()
    give(at + SOON, 4, 2, grader=first)
    assert Attempt.objects.get().is_waiting
    assert not waiting_for(first).exists(), "nobody grades the same answer twice"
    assert waiting_for(second).exists()
    with pytest.raises(AlreadyGraded):
        give(at + SOON, 4, 2, grader=first)
    give(at + SOON, 3, 2, grader=second)
    assert Response.objects.get().scaled == round((1 + 5 / 6) / 2, 4)
    assert differences() == []


def test_two_who_are_far_apart_call_for_a_third_and_the_middle_counts(
    quiz: QuizPage, course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    twice(quiz)
    play(enrolment, course, WORDS, at)
    give(at + SOON, 4, 2)
    give(at + SOON, 0, 1)
    assert Response.objects.get().is_waiting
    give(at + SOON, 2, 1)
    assert Response.objects.get().scaled == 0.5
    assert Attempt.objects.get().passed is False
    with pytest.raises(AlreadyGraded):
        give(at + SOON, 4, 2)
    refold(enrolment.registration)
    assert differences() == []


def test_nobody_grades_an_answer_of_their_own(
    quiz: QuizPage, course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    play(enrolment, course, WORDS, at)
    assert not waiting_for(enrolment.learner).exists()
    with pytest.raises(OwnAnswer):
        give(at + SOON, 4, 2, grader=enrolment.learner)


def test_points_beyond_the_rubric_are_refused_and_nothing_is_recorded(
    quiz: QuizPage, course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    play(enrolment, course, WORDS, at)
    for wrong in (points(5, 0), points(-1, 0), {keys()[0]: 4.0}, {**points(1, 1), "x": 1.0}):
        with pytest.raises(ValueError, match="points"):
            mark_answer(grader=uuid4(), writing=writing(), points=wrong, remark="", at=at)
    assert not Mark.objects.exists()


def test_what_was_erased_or_left_waits_no_more(
    quiz: QuizPage, course: SmallCourse, at: datetime
) -> None:
    gone, away = UserFactory(), UserFactory()
    for user in (gone, away):
        enrolment = enrol(user=user, course=course.course, at=at)
        hand_in(enrolment, course, WORDS, at)
    assert waiting_for(uuid4()).count() == 2
    erase(user=gone, at=at, own_wish=True)
    withdraw(user=away, enrolment=enrolment, at=at)
    assert not waiting_for(uuid4()).exists()


def test_a_longer_pile_asks_no_more_queries(
    quiz: QuizPage,
    course: SmallCourse,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        enrolment = enrol(user=UserFactory(), course=course.course, at=at)
        hand_in(enrolment, course, WORDS, at)
        with django_assert_num_queries(4):
            (pile,) = piles_for(uuid4())
    assert pile.count == 3
    assert pile.since == at


marks = st.lists(st.floats(0, 1), min_size=1, max_size=3)


@given(given=marks, graders=st.sampled_from([1, 2]))
def test_what_counts_lies_between_what_was_given(given: list[float], graders: int) -> None:
    counts = settled(given, graders=graders)
    if counts is None:
        assert len(given) < graders or (len(given) == 2 and max(given) - min(given) > APART)
    else:
        assert min(given) - 1e-4 <= counts <= max(given) + 1e-4
        assert settled(given[::-1], graders=graders) == counts, "the order does not matter"


@given(st.tuples(st.floats(0, 4), st.floats(0, 2)), st.floats(0, 1))
def test_more_points_are_never_a_lower_share(given: tuple[float, float], more: float) -> None:
    parts = parts_of(rubric(), "case")
    share = share_of(parts, points(*given))
    assert 0 <= share <= 1
    better = points(min(4, given[0] + more), given[1])
    assert share_of(parts, better) >= share
