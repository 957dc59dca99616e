"""Submit an attempt: every response, every score and the verdict in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from tincan import Statement

from assessments.attempts import attempt_of
from assessments.checks import checked_of
from assessments.drafts import drafts_of, require_open
from assessments.errors import NothingToCheck
from assessments.kinds import Scored
from assessments.models import Attempt, DraftAnswer, Feedback, QuizPage, Response
from assessments.pace import time_spent
from assessments.papers import FrozenQuestion, frozen_questions
from assessments.verdicts import judge, rules_of
from assessments.writings import keep_writing
from courses.models import Enrolment
from courses.study import record
from xapi import statements, types


def submit_attempt(*, enrolment: Enrolment, quiz: QuizPage, number: int, at: datetime) -> Attempt:
    """Score what is saved and record the verdict; a submitted attempt is returned as it is.

    Late, what was saved in time counts as of the deadline. Raises AttemptNotFound, and
    EnrolmentEnded after a withdrawal.
    """
    with transaction.atomic():
        # Two clicks on "Submit" queue up here; the second finds the verdict of the first.
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        attempt = attempt_of(enrolment=enrolment, quiz=quiz, number=number)
        if attempt.finished_at:
            return attempt
        Attempt.objects.select_for_update().get(pk=attempt.pk)
        drafts = drafts_of(attempt)
        answers = _answers(attempt, drafts)
        ended = _ended(attempt, drafts.values(), at)
        twice = any(answer.is_to_grade for answer in answers) and _graded_twice(quiz)
        checked = checked_of(attempt)
        answered = [
            _answered(enrolment, attempt, answer, ended, twice)
            for answer in answers
            if answer.question.key not in checked
        ]
        if any(answer.is_to_grade for answer in answers):
            over = _submitted(enrolment, attempt, ended)
        else:
            scaled = {answer.question.key: _points(answer, checked) for answer in answers}
            over = _judged(enrolment, attempt, scaled, ended, {})
        record(enrolment=enrolment, statements=[*answered, over], at=at)
    attempt.refresh_from_db()
    return attempt


def check_answer(
    *, enrolment: Enrolment, quiz: QuizPage, number: int, question_key: UUID, at: datetime
) -> None:
    """Record one answer of a running attempt at once; from then on it stays as it is.

    Its statement is the one that submission would have recorded: it is there once. Raises
    AttemptNotFound, AttemptClosed, EnrolmentEnded, and NothingToCheck for a question without an
    answer, one that a person grades, or a quiz that tells nothing before the end.
    """
    with transaction.atomic():
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        attempt = attempt_of(enrolment=enrolment, quiz=quiz, number=number)
        Attempt.objects.select_for_update().get(pk=attempt.pk)
        require_open(attempt, at)
        answers = {answer.question.key: answer for answer in _answers(attempt, drafts_of(attempt))}
        answer = answers.get(question_key)
        if answer is None or not can_be_checked(attempt, answer.question):
            raise NothingToCheck
        if not answer.question.of_kind.is_answered(answer.given):
            raise NothingToCheck
        if question_key not in checked_of(attempt):
            answered = _answered(enrolment, attempt, answer, at, twice=False)
            record(enrolment=enrolment, statements=[answered], at=at)


def can_be_checked(attempt: Attempt, question: FrozenQuestion) -> bool:
    """Say whether an answer can be checked before the end: none that is a person's to grade."""
    kind = question.of_kind
    return attempt.feedback == Feedback.IMMEDIATE and kind.is_scored and not kind.is_graded


def conclude(*, enrolment: Enrolment, attempt: Attempt, at: datetime) -> None:
    """Record the verdict on a submitted attempt, unless a part of it is still to be graded.

    Raises EnrolmentEnded after a withdrawal.
    """
    responses = responses_of(attempt)
    if any(response.is_waiting for response in responses):
        return
    scaled = {response.question_key: response.scaled for response in responses}
    ended = {"finished-at": attempt.finished_at.isoformat()} if attempt.finished_at else {}
    record(
        enrolment=enrolment,
        statements=[_judged(enrolment, attempt, scaled, at, ended)],
        at=at,
    )


def responses_of(attempt: Attempt) -> list[Response]:
    """Return what was answered in a submitted attempt."""
    where = {"registration": attempt.registration, "quiz_key": attempt.quiz_key}
    return list(Response.objects.filter(**where, number=attempt.number))


def _graded_twice(quiz: QuizPage) -> bool:
    return quiz.in_source_language().second_grader


@dataclass(frozen=True)
class _Answer:
    question: FrozenQuestion
    given: list[str]
    scored: Scored
    spent: timedelta | None

    @property
    def is_to_grade(self) -> bool:
        return self.question.of_kind.is_graded and self.scored.scaled is None


def _ended(attempt: Attempt, drafts: Iterable[DraftAnswer], at: datetime) -> datetime:
    """Return when an attempt ended: never after its deadline.

    Nor before it began or something was saved in it, whatever was done to the server's clock.
    """
    known = [moment for moment in (attempt.started_at, *(one.saved_at for one in drafts)) if moment]
    ended = max([at, *known])
    return min(ended, attempt.deadline or ended)


def _answers(attempt: Attempt, drafts: Mapping[UUID, DraftAnswer]) -> list[_Answer]:
    """Return every question with what was saved; an unanswered one earns nothing."""
    spent = time_spent(attempt, drafts)
    answers = []
    for question in frozen_questions(attempt):
        given = drafts[question.key].choices if question.key in drafts else []
        scored = question.of_kind.score(question.options_as_written, given)
        answers.append(_Answer(question, given, scored, spent.get(question.key)))
    return answers


def _answered(
    enrolment: Enrolment, attempt: Attempt, answer: _Answer, at: datetime, twice: bool
) -> Statement:
    question, scored = answer.question, answer.scored
    drawn = attempt.drawn_question(question.key) or {}
    facts = {
        "attempt": attempt.number,
        "revision": drawn.get("revision"),
        "choices": scored.choices,
    }
    if answer.is_to_grade:
        facts["graders"] = 2 if twice else 1
    if question.of_kind.is_written and question.of_kind.is_answered(answer.given):
        facts |= keep_writing(
            attempt=attempt, question_key=question.key, answer=answer.given, at=at
        )
    return statements.answered(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        parent=statements.activity(attempt.quiz_key, types.ASSESSMENT),
        key=question.key,
        kind=question.of_kind.interaction_type,
        correct=scored.correct,
        response=scored.response,
        success=scored.success,
        scaled=scored.scaled,
        duration=answer.spent,
        at=at,
        occurrence=f"{attempt.quiz_key} {attempt.number}",
        facts=facts,
    )


def _points(answer: _Answer, checked: Mapping[UUID, Response]) -> float | None:
    """Return what an answer has earned: what was checked, as the log says."""
    known = checked.get(answer.question.key)
    return known.scaled if known else answer.scored.scaled


def _submitted(enrolment: Enrolment, attempt: Attempt, at: datetime) -> Statement:
    return statements.submitted(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        quiz=attempt.quiz_key,
        number=attempt.number,
        at=at,
    )


def _judged(
    enrolment: Enrolment,
    attempt: Attempt,
    scaled: dict[UUID, float | None],
    at: datetime,
    facts: dict[str, str],
) -> Statement:
    verdict = judge(attempt, scaled)
    return statements.judged(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        quiz=attempt.quiz_key,
        number=attempt.number,
        passed=verdict.passed,
        raw=verdict.raw,
        maximum=verdict.maximum,
        at=at,
        facts=rules_of(attempt, verdict) | facts,
    )
