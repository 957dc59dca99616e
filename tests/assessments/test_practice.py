"""Practice: what was answered wrongly is asked again, and nothing of it counts."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from assessments.attempts import attempt_of, standing_in, start_attempt
from assessments.drafts import save_choice
from assessments.errors import (
    AnsweredInPractice,
    NothingToCheck,
    NothingToPractise,
    NotInRound,
    NotOpenNow,
    RoundIsOver,
    UnknownChoice,
)
from assessments.grading import submit_attempt
from assessments.models import PracticeAnswer, PracticeRound, Question, QuizPage, Response
from assessments.papers import frozen, frozen_questions
from assessments.personal import collect, forget
from assessments.practice.checking import check_practice
from assessments.practice.rounds import SIZE, begin_round
from assessments.practice.survey import DONE, RESTING, due_of, survey_of
from assessments.question_facts import with_answered
from config.demo.answering import right_answer, wrong_answer
from courses.enrolment import enrol, withdraw
from courses.errors import EnrolmentEnded
from courses.models import ActivityProgress, Enrolment, ModuleProgress
from lrs.models import Statement
from lrs.rebuilding import differences
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone
from tests.assessments.practising import answer, begin, practise
from tests.factories.courses import SmallCourse, question, small_course
from tests.factories.kinds import question_of
from tests.factories.people import UserFactory
from tests.support import take
from xapi import verbs

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    return course.quizzes[0]


def states(enrolment: Enrolment, at: datetime) -> dict[UUID, str]:
    return {item.question: item.state for item in survey_of(enrolment, at=at)}


def due(enrolment: Enrolment, at: datetime) -> list[UUID]:
    return [item.question for item in due_of(survey_of(enrolment, at=at))]


def take_with(enrolment: Enrolment, quiz: QuizPage, at: datetime, right: Iterable[UUID]) -> None:
    """Take a quiz, and answer only these questions rightly."""
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at, chance=random.Random(1))
    for asked in frozen_questions(attempt):
        is_right = asked.key in right
        given = right_answer(asked) if is_right else wrong_answer(asked, random.Random(1))
        save_choice(attempt=attempt, question_key=asked.key, choices=given, version=0, at=at)
    submit_attempt(enrolment=enrolment, quiz=quiz, number=attempt.number, at=at)


def showing(quiz: QuizPage, **rules: Any) -> QuizPage:
    for name, value in rules.items():
        setattr(quiz, name, value)
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def many(quiz: QuizPage, count: int) -> QuizPage:
    """Let a quiz ask so many questions, in their order."""
    asked = [question(f"many-{number}", tags=["many"]) for number in range(count)]
    quiz.questions = [{"type": "question", "value": one.pk} for one in asked]
    return showing(quiz, shuffle_questions=False)


# --- what is on the list ---------------------------------------------------------------------


def test_what_was_wrong_is_to_be_practised_and_nothing_else(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    assert due(enrolment, at) == []
    attempt = take(enrolment, quiz, at, right=False)
    assert set(due(enrolment, at + HOUR)) == set(attempt.question_keys)
    with pytest.raises(NothingToPractise):
        begin(enrol_another(quiz, at), at)


def enrol_another(quiz: QuizPage, at: datetime) -> Enrolment:
    """Return the enrolment of somebody who has answered everything rightly."""
    enrolment = enrol(user=UserFactory(), course=quiz.get_parent().get_parent().specific, at=at)
    take(enrolment, quiz, at)
    return enrolment


def test_the_latest_answer_in_a_quiz_decides(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    keys = take(enrolment, quiz, at, right=False).question_keys
    take_with(enrolment, quiz, at + HOUR, right=keys[:1])
    assert due(enrolment, at + DAY) == keys[1:]
    take_with(enrolment, quiz, at + 2 * HOUR, right=keys[1:])
    assert due(enrolment, at + DAY) == keys[:1]


def test_what_was_left_open_was_not_right(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    submit_attempt(enrolment=enrolment, quiz=quiz, number=attempt.number, at=at)
    assert set(due(enrolment, at)) == set(attempt.question_keys)


def test_right_once_rests_for_the_day_and_right_on_two_days_leaves(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    keys = take(enrolment, quiz, at, right=False).question_keys
    practise(enrolment, at + HOUR, right=True)
    assert set(states(enrolment, at + 2 * HOUR).values()) == {RESTING}
    assert due(enrolment, at + 2 * HOUR) == []
    assert set(due(enrolment, at + DAY)) == set(keys)
    practise(enrolment, at + DAY, right=True)
    assert set(states(enrolment, at + DAY).values()) == {DONE}
    assert due(enrolment, at + 30 * DAY) == []


def test_a_wrong_answer_in_practice_begins_anew(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    take(enrolment, quiz, at, right=False)
    practise(enrolment, at + HOUR, right=True)
    keys = practise(enrolment, at + DAY, right=False)
    assert set(due(enrolment, at + DAY + HOUR)) == set(keys)
    practise(enrolment, at + 2 * DAY, right=True)
    assert set(states(enrolment, at + 2 * DAY).values()) == {RESTING}


def test_a_right_answer_in_a_quiz_ends_it_and_a_wrong_one_brings_it_back(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    keys = take(enrolment, quiz, at, right=False).question_keys
    practise(enrolment, at + HOUR, right=False)
    take(enrolment, quiz, at + 2 * HOUR)
    assert due(enrolment, at + DAY) == []
    take(enrolment, quiz, at + 3 * HOUR, right=False)
    assert set(due(enrolment, at + DAY)) == set(keys)


def test_a_round_has_five_and_begins_with_what_was_not_practised_longest(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    take(enrolment, many(quiz, 7), at, right=False)
    first = practise(enrolment, at + HOUR, right=False)
    assert len(first) == SIZE == 5
    second = begin(enrolment, at + 2 * HOUR).question_keys
    assert not set(second[:2]) & set(first)
    assert second[2:] == first[:3]


def test_who_comes_back_to_a_course_begins_anew(
    enrolment: Enrolment, quiz: QuizPage, course: SmallCourse, learner: User, at: datetime
) -> None:
    take(enrolment, quiz, at, right=False)
    withdraw(user=learner, enrolment=enrolment, at=at)
    again = enrol(user=learner, course=course.course, at=at + HOUR)
    assert due(again, at + DAY) == []


# --- what is still a secret ------------------------------------------------------------------


def test_what_a_running_attempt_asks_is_never_practised(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    take(enrolment, quiz, at, right=False)
    begun = begin(enrolment, at + HOUR)
    start_attempt(enrolment=enrolment, quiz=quiz, at=at + HOUR)
    assert survey_of(enrolment, at=at + HOUR) == []
    with pytest.raises(NotOpenNow):
        answer(enrolment, begun, begun.question_keys[0], at + HOUR)
    with pytest.raises(NothingToPractise):
        begin(enrolment, at + HOUR)


def test_nor_what_one_of_another_course_asks(
    enrolment: Enrolment, quiz: QuizPage, learner: User, at: datetime
) -> None:
    keys = take(enrolment, quiz, at, right=False).question_keys
    other = small_course(at, slug="other")
    there = other.quizzes[0]
    asked = Question.objects.filter(translation_key__in=keys)
    there.questions = [{"type": "question", "value": one.pk} for one in asked]
    showing(there)
    second = enrol(user=learner, course=other.course, at=at)
    running = start_attempt(enrolment=second, quiz=there, at=at)
    assert survey_of(enrolment, at=at + HOUR) == []
    submit_attempt(enrolment=second, quiz=there, number=running.number, at=at)
    assert len(due(enrolment, at + HOUR)) == 2
    withdrawn = start_attempt(enrolment=second, quiz=there, at=at)
    withdraw(user=learner, enrolment=second, at=at)
    assert withdrawn.finished_at is None
    assert len(due(enrolment, at + HOUR)) == 2


def test_what_a_quiz_does_not_show_yet_is_not_practised_yet(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    quiz = showing(quiz, answers_at_once=False, reasons_at_once=False, attempts_allowed=2)
    take(enrolment, quiz, at, right=False)
    assert survey_of(enrolment, at=at + HOUR) == []
    take(enrolment, quiz, at + HOUR, right=False)
    assert len(due(enrolment, at + 2 * HOUR)) == 2
    # A waiting time later one more attempt opens, and the answers are a secret again.
    assert survey_of(enrolment, at=at + 3 * DAY) == []


def test_what_one_quiz_shows_and_another_hides_is_a_secret(
    enrolment: Enrolment, course: SmallCourse, at: datetime
) -> None:
    first, second = course.quizzes
    second.questions = first.questions
    second = showing(second, answers_at_once=False, reasons_at_once=False)
    take(enrolment, first, at, right=False)
    assert len(due(enrolment, at)) == 2
    take(enrolment, second, at + HOUR, right=False)
    assert due(enrolment, at + HOUR) == []
    take(enrolment, second, at + 2 * HOUR)
    assert set(states(enrolment, at + 3 * HOUR).values()) == {DONE}


def test_reasons_that_a_quiz_keeps_back_are_kept_back(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    take(enrolment, showing(quiz, reasons_at_once=False), at, right=False)
    assert {item.opening.explained for item in survey_of(enrolment, at=at)} == {False}
    take(enrolment, quiz, at + HOUR)
    assert {item.opening.explained for item in survey_of(enrolment, at=at + HOUR)} == {True}


@pytest.mark.parametrize("kind", [name for name in every_kind(0) if name != "hotspot"])
def test_only_what_the_server_can_score_is_practised(
    course: SmallCourse, enrolment: Enrolment, kind: str, at: datetime
) -> None:
    made = alone(course, question_of(kind, every_kind(0)[kind], slug="alone", tags=["alone"]))
    take(enrolment, course.quizzes[0], at, right=False)
    wanted = [] if kind in ("likert", "long-answer") else [made.key]
    assert due(enrolment, at + HOUR) == wanted
    for key in wanted:
        given = answer(enrolment, begin(enrolment, at + HOUR), key, at + HOUR)
        kept = PracticeAnswer.objects.get()
        assert (kept.success, kept.scaled) == (True, 1.0)
        assert PracticeRound.objects.get().given == {str(key): given}
    assert differences() == []


# --- a round ---------------------------------------------------------------------------------


def test_a_round_stays_as_it_began(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> None:
    take(enrolment, quiz, at, right=False)
    begun = begin(enrolment, at)
    again = begin_round(enrolment=enrolment, at=at + HOUR, chance=random.Random(2))
    assert (again.key, again.drawn) == (begun.key, begun.drawn)
    answer(enrolment, begun, begun.question_keys[0], at)
    assert begin(enrolment, at + 3 * DAY).key == begun.key


def test_options_stay_in_order_where_the_quiz_keeps_them(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    take(enrolment, showing(quiz, shuffle_options=False), at, right=False)
    drawn = begin(enrolment, at).drawn
    parts = {str(q.key): [part.key for part in q.parts()] for q in Question.objects.all()}
    assert all(one["options"] == parts[one["key"]] for one in drawn)


def test_an_answer_is_a_statement_of_its_own(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    take(enrolment, quiz, at, right=False)
    begun = begin(enrolment, at)
    key = begun.question_keys[0]
    before = Statement.objects.count()
    [chosen] = answer(enrolment, begun, key, at + HOUR, right=False)
    assert Statement.objects.count() == before + 1
    body = Statement.objects.order_by("position").last().body
    assert str(begun.key) in body
    assert chosen in body
    kept = PracticeAnswer.objects.get()
    assert (kept.question_key, kept.success, kept.response) == (key, False, chosen)
    assert (kept.round_key, kept.answered_at) == (begun.key, at + HOUR)
    assert differences() == []


def test_what_somebody_writes_is_not_in_the_log(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    made = alone(
        course, question_of("fill-in", every_kind(0)["fill-in"], slug="alone", tags=["alone"])
    )
    take(enrolment, course.quizzes[0], at, right=False)
    begun = begin(enrolment, at)
    words = "my neighbour Vera"
    check_practice(
        enrolment=enrolment, round_key=begun.key, question_key=made.key, answer=[words], at=at
    )
    assert not [s for s in Statement.objects.all() if words in s.body]
    assert PracticeRound.objects.get().given == {str(made.key): [words]}


def test_nothing_of_it_counts(
    enrolment: Enrolment, quiz: QuizPage, learner: User, at: datetime
) -> None:
    take(enrolment, quiz, at, right=False)
    before = counted(enrolment, quiz, at)
    practise(enrolment, at + HOUR, right=True)
    practise(enrolment, at + DAY, right=False)
    assert counted(enrolment, quiz, at) == before


def counted(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> list[Any]:
    """Return everything that a result rests on."""
    enrolment.refresh_from_db()
    standing = standing_in(enrolment=enrolment, quiz=quiz, at=at)
    return [
        (standing.left, [attempt.scaled for attempt in standing.attempts]),
        list(ActivityProgress.objects.order_by("pk").values()),
        list(ModuleProgress.objects.values()),
        list(Response.objects.order_by("pk").values()),
        sorted(with_answered(Question.objects.all()).values_list("slug", "answered")),
        (enrolment.completed_at, enrolment.result),
    ]


# --- under fire ------------------------------------------------------------------------------


@pytest.fixture
def begun(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> PracticeRound:
    take(enrolment, quiz, at, right=False)
    return begin(enrolment, at)


def refused(enrolment: Enrolment, error: type[Exception], at: datetime, **sent: Any) -> None:
    """Send what must not be taken; nothing may be recorded."""
    before = Statement.objects.count()
    with pytest.raises(error):
        check_practice(enrolment=enrolment, at=at, **sent)
    assert Statement.objects.count() == before


def test_a_double_click_is_one_answer_and_the_first_of_two_stands(
    enrolment: Enrolment, begun: PracticeRound, at: datetime
) -> None:
    key = begun.question_keys[0]
    given = answer(enrolment, begun, key, at)
    before = Statement.objects.count()
    answer(enrolment, begun, key, at + HOUR)
    assert Statement.objects.count() == before
    where = {"round_key": begun.key, "question_key": key}
    refused(enrolment, AnsweredInPractice, at, answer=["another"], **where)
    assert PracticeRound.objects.get().given[str(key)] == given
    assert PracticeAnswer.objects.get().answered_at == at


def test_what_was_forged_is_not_taken(
    enrolment: Enrolment, begun: PracticeRound, quiz: QuizPage, at: datetime
) -> None:
    key = begun.question_keys[0]
    own = {"round_key": begun.key, "question_key": key}
    other = Question.objects.exclude(translation_key__in=begun.question_keys)[0].key
    refused(enrolment, UnknownChoice, at, answer=["forged"], **own)
    refused(enrolment, NothingToCheck, at, answer=[], **own)
    for stranger in (other, uuid4()):
        refused(enrolment, NotInRound, at, answer=["x"], **own | {"question_key": stranger})
    refused(enrolment, RoundIsOver, at, answer=["x"], **own | {"round_key": uuid4()})
    somebody = enrol_another(quiz, at)
    refused(somebody, RoundIsOver, at, answer=["x"], **own)


def test_a_round_that_another_one_followed_is_over(
    enrolment: Enrolment, begun: PracticeRound, at: datetime
) -> None:
    key = begun.question_keys[0]
    for each in begun.question_keys:
        answer(enrolment, begun, each, at, right=False)
    assert begin(enrolment, at + HOUR).key != begun.key
    where = {"round_key": begun.key, "question_key": key}
    refused(enrolment, RoundIsOver, at + HOUR, answer=["x"], **where)


def test_after_a_withdrawal_nothing_is_recorded(
    enrolment: Enrolment, begun: PracticeRound, learner: User, at: datetime
) -> None:
    withdraw(user=learner, enrolment=enrolment, at=at)
    with pytest.raises(EnrolmentEnded):
        begin(enrolment, at)
    [asked] = frozen(begun.drawn[:1])
    where = {"round_key": begun.key, "question_key": asked.key}
    refused(enrolment, EnrolmentEnded, at, answer=right_answer(asked), **where)


def test_a_question_that_was_withdrawn_or_changed_is_passed_over(
    enrolment: Enrolment, begun: PracticeRound, at: datetime
) -> None:
    first, second = begun.question_keys
    Question.objects.get(translation_key=first).unpublish()
    with pytest.raises(NotOpenNow):
        answer(enrolment, begun, first, at)
    assert due(enrolment, at) == [second]
    changed = Question.objects.get(translation_key=second)
    changed.stem = "Another?"
    changed.save_revision().publish()
    with pytest.raises(NotOpenNow):
        answer(enrolment, begun, second, at)
    fresh = begin(enrolment, at)
    assert fresh.key != begun.key
    [asked] = frozen(fresh.drawn)
    assert (asked.key, asked.stem) == (second, "Another?")
    answer(enrolment, fresh, second, at)


def test_what_is_kept_is_handed_over_and_the_words_are_forgotten(
    enrolment: Enrolment, begun: PracticeRound, learner: User, at: datetime
) -> None:
    given = answer(enrolment, begun, begun.question_keys[0], at)
    data = collect(learner, enrolment.learner)
    assert [one["success"] for one in data["practice"]] == [True]
    assert [one["given"] for one in data["rounds of practice"]] == [
        {str(begun.question_keys[0]): given}
    ]
    forget(learner, enrolment.learner)
    assert not PracticeRound.objects.exists()
    assert PracticeAnswer.objects.count() == 1
    assert differences() == []


def test_an_attempt_and_a_round_never_meet(
    enrolment: Enrolment, begun: PracticeRound, quiz: QuizPage, at: datetime
) -> None:
    attempt = attempt_of(enrolment=enrolment, quiz=quiz, number=1)
    key = begun.question_keys[0]
    before = Response.objects.get(number=attempt.number, question_key=key).response
    answer(enrolment, begun, key, at + HOUR)
    answered = Statement.objects.filter(verb=verbs.ANSWERED.id, activity__contains=str(key))
    assert answered.count() == 2
    assert Response.objects.get(question_key=key).response == before
