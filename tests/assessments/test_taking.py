"""Choices are kept as they are made; what was acknowledged counts, and counts once."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.attempts import start_attempt
from assessments.drafts import drafts_of, keep_form, save_choice
from assessments.errors import AttemptClosed, AttemptNotFound, StaleAnswer, UnknownChoice
from assessments.grading import submit_attempt
from assessments.kinds import JOIN
from assessments.models import Attempt, DraftAnswer, Question, QuizPage, Response
from assessments.papers import FrozenQuestion, frozen_questions
from assessments.results import result_of
from courses.models import Enrolment
from lrs.models import Statement
from tests.factories.courses import SmallCourse, question
from tests.support import take
from xapi import verbs

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=1)


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    return course.quizzes[1]


@pytest.fixture
def attempt(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> Attempt:
    quiz.time_limit = 20
    return start_attempt(enrolment=enrolment, quiz=quiz, at=at, chance=random.Random(1))


def asked(attempt: Attempt, number: int = 0) -> FrozenQuestion:
    return frozen_questions(attempt)[number]


def choose(attempt: Attempt, choices: list[str], version: int, at: datetime) -> int:
    return save_choice(
        attempt=attempt,
        question_key=asked(attempt).key,
        choices=choices,
        version=version,
        at=at,
    )


def saved(attempt: Attempt) -> list[str]:
    choices: list[str] = drafts_of(attempt)[asked(attempt).key].choices
    return choices


def submit(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> Attempt:
    return submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=at)


def said(verb: object) -> int:
    return Statement.objects.filter(verb=verb.id).count()  # type: ignore[attr-defined]


# --- choosing -------------------------------------------------------------------------------


def test_a_choice_is_kept_and_can_be_changed(attempt: Attempt, at: datetime) -> None:
    first, second, _third = [option.key for option in asked(attempt).options]
    assert choose(attempt, [first], 0, at) == 1
    assert choose(attempt, [second], 1, at) == 2
    assert choose(attempt, [], 2, at) == 3
    assert saved(attempt) == []
    assert said(verbs.ANSWERED) == 0


def test_a_stale_tab_is_told_what_is_saved(attempt: Attempt, at: datetime) -> None:
    first, second, _third = [option.key for option in asked(attempt).options]
    choose(attempt, [first], 0, at)
    with pytest.raises(StaleAnswer) as stale:
        choose(attempt, [second], 0, at)
    assert (stale.value.choices, stale.value.version) == ([first], 1)
    assert saved(attempt) == [first]


def test_a_save_whose_answer_was_lost_may_be_sent_again(attempt: Attempt, at: datetime) -> None:
    first = asked(attempt).options[0].key
    assert choose(attempt, [first], 0, at) == choose(attempt, [first], 0, at) == 1


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tabs=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=8))
def test_whatever_tabs_send_no_version_is_overwritten_unseen(
    attempt: Attempt, at: datetime, tabs: list[tuple[int, int]]
) -> None:
    DraftAnswer.objects.all().delete()
    options = [option.key for option in asked(attempt).options]
    version = 0
    for option, seen in tabs:
        is_retry = seen == version - 1 and saved(attempt) == [options[option]]
        if seen == version or is_retry:
            version = choose(attempt, [options[option]], seen, at)
            assert version == seen + 1
            assert saved(attempt) == [options[option]]
        else:
            with pytest.raises(StaleAnswer) as stale:
                choose(attempt, [options[option]], seen, at)
            assert stale.value.version == version


@pytest.mark.parametrize("forged", [["nonsense"], [""], ["nonsense", "more"]])
def test_a_forged_choice_is_refused(attempt: Attempt, at: datetime, forged: list[str]) -> None:
    with pytest.raises(UnknownChoice):
        choose(attempt, forged, 0, at)
    assert not DraftAnswer.objects.exists()


def test_an_option_of_another_question_is_refused(attempt: Attempt, at: datetime) -> None:
    with pytest.raises(UnknownChoice):
        choose(attempt, [asked(attempt, 1).options[0].key], 0, at)


def test_a_question_that_was_not_drawn_is_refused(attempt: Attempt, at: datetime) -> None:
    other = question("other", tags=["other"])
    with pytest.raises(UnknownChoice):
        save_choice(
            attempt=attempt,
            question_key=other.key,
            choices=[other.options[0].id],
            version=0,
            at=at,
        )


def test_after_the_deadline_nothing_is_saved(attempt: Attempt, at: datetime) -> None:
    assert attempt.deadline
    first = asked(attempt).options[0].key
    assert choose(attempt, [first], 0, attempt.deadline) == 1
    with pytest.raises(AttemptClosed):
        choose(attempt, [first], 1, attempt.deadline + timedelta(seconds=1))


def test_after_submission_nothing_is_saved_also_from_a_page_opened_before(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    opened_before = Attempt.objects.get(pk=attempt.pk)
    submit(enrolment, quiz, at + LATER)
    with pytest.raises(AttemptClosed):
        choose(opened_before, [asked(attempt).options[0].key], 0, at + LATER)
    assert not DraftAnswer.objects.exists()


def test_a_form_keeps_what_it_answers_and_erases_nothing(attempt: Attempt, at: datetime) -> None:
    first, second = asked(attempt), asked(attempt, 1)
    choose(attempt, [first.options[0].key], 0, at)
    form = {first.key: [], second.key: [second.options[1].key]}
    keep_form(attempt=attempt, form=form, at=at)
    drafts = drafts_of(attempt)
    assert drafts[first.key].choices == [first.options[0].key]
    assert drafts[second.key].choices == [second.options[1].key]


# --- submitting -----------------------------------------------------------------------------


def test_every_answer_and_the_verdict_are_recorded(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    right = next(option.key for option in asked(attempt).options if option.correct)
    choose(attempt, [right], 0, at)
    done = submit(enrolment, quiz, at + LATER)
    assert (done.raw, done.maximum, done.passed) == (1.0, 4.0, False)
    assert done.finished_at == at + LATER
    assert (said(verbs.ANSWERED), said(verbs.FAILED)) == (4, 1)
    answer = Response.objects.get(question_key=asked(attempt).key)
    assert (answer.success, answer.scaled, answer.answer) == (True, 1.0, [right])


def test_a_double_submission_is_one_verdict(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    first = submit(enrolment, quiz, at + LATER)
    again = submit(enrolment, quiz, at + 2 * LATER)
    assert again.finished_at == first.finished_at == at + LATER
    assert (said(verbs.ANSWERED), said(verbs.FAILED)) == (4, 1)


def test_late_what_was_saved_in_time_counts_as_of_the_deadline(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    for number in range(4):
        paper = asked(attempt, number)
        save_choice(
            attempt=attempt,
            question_key=paper.key,
            choices=[option.key for option in paper.options if option.correct],
            version=0,
            at=at,
        )
    done = submit(enrolment, quiz, at + timedelta(days=2))
    assert done.passed
    assert done.finished_at == attempt.deadline


def test_there_must_be_such_an_attempt(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> None:
    with pytest.raises(AttemptNotFound):
        submit(enrolment, quiz, at)


def test_the_verdict_rests_on_the_pass_mark_of_the_attempt(
    attempt: Attempt, enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    quiz.pass_mark = 1
    quiz.save_revision().publish()
    right = next(option.key for option in asked(attempt).options if option.correct)
    choose(attempt, [right], 0, at)
    assert not submit(enrolment, quiz, at + LATER).passed


def test_true_false_and_several_right_options_are_kept_as_keys(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    Question.objects.all().delete()
    question("fact", kind="true-false", tags=["easy"])
    question("several", kind="multiple", tags=["easy"], right=(0, 2))
    done = take(enrolment, course.quizzes[0], at)
    assert done.passed
    answers = {r.question_key: r for r in Response.objects.all()}
    for made in Question.objects.all():
        right = [option.id for option in made.options if option.value["correct"]]
        assert answers[made.key].response == JOIN.join(right)
    assert not any(shown.is_wrong for shown in result_of(done).questions)


# --- reading the result ---------------------------------------------------------------------


def test_the_result_names_reasons_and_what_to_read_again(
    course: SmallCourse, attempt: Attempt, enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    wrong = next(option.key for option in asked(attempt).options if not option.correct)
    choose(attempt, [wrong], 0, at)
    result = result_of(submit(enrolment, quiz, at + LATER))
    shown = result.questions[0]
    states = {one.option.key: one.state for one in shown.reviewed["options"]}
    assert states[wrong] == "wrong"
    assert sorted(states.values()) == ["missed", "other", "wrong"]
    assert all(one.option.reason for one in shown.reviewed["options"])
    assert (len(result.questions), len(result.wrong), result.revisit) == (4, 4, [])
    assert [(o.name, o.right, o.total) for o in result.objectives] == [("Elements", 0, 4)]


def test_a_lesson_behind_several_wrong_answers_is_named_once(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    for made in Question.objects.all():
        made.lesson = course.lessons[0]
        made.save_revision().publish()
    result = result_of(take(enrolment, course.quizzes[1], at, right=False))
    assert [page.pk for page in result.revisit] == [course.lessons[0].pk]
    course.lessons[0].unpublish()
    assert result_of(Attempt.objects.get()).revisit == []
