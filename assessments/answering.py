"""Answers on their way into the log: when the paper is submitted, or one by one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from tincan import Statement

from assessments.attempts import attempt_of
from assessments.drafts import drafts_of, require_open
from assessments.errors import NothingToCheck, NotYetOpen
from assessments.kinds import Scored
from assessments.models import Attempt, DraftAnswer, Feedback, QuizPage
from assessments.pace import time_spent
from assessments.papers import FrozenQuestion, frozen_questions
from assessments.recorded import recorded_unless_later
from assessments.writings import keep_writing
from courses.models import Enrolment
from courses.study import record
from xapi import statements, types


@dataclass(frozen=True)
class Answer:
    """What is saved for a question, and what it is worth."""

    question: FrozenQuestion
    given: list[str]
    scored: Scored
    spent: timedelta | None
    confidence: int | None

    @property
    def is_to_grade(self) -> bool:
        return self.question.of_kind.is_graded and self.scored.scaled is None


def answers_in(attempt: Attempt, drafts: Mapping[UUID, DraftAnswer]) -> list[Answer]:
    """Return every question with what was saved; an unanswered one earns nothing."""
    spent = time_spent(attempt, drafts)
    answers = []
    for question in frozen_questions(attempt):
        draft = drafts.get(question.key)
        given = draft.choices if draft else []
        scored = question.of_kind.score(question.options_as_written, given)
        sure = draft.confidence if draft and attempt.asks_confidence else None
        answers.append(Answer(question, given, scored, spent.get(question.key), sure))
    return answers


def check_answer(
    *, enrolment: Enrolment, quiz: QuizPage, number: int, question_key: UUID, at: datetime
) -> None:
    """Record one answer of a running attempt at once; from then on it stays as it is.

    Its statement is the one that submission would have recorded: it is there once. Raises
    AttemptNotFound, AttemptClosed, EnrolmentEnded, and NothingToCheck for a question without an
    answer, one that a person grades, or a quiz that tells nothing before the end; NotYetOpen for
    one that comes later.
    """
    with transaction.atomic():
        attempt, answer, is_recorded = _locked(enrolment, quiz, number, question_key, at)
        if answer is None or not can_be_checked(attempt, answer.question):
            raise NothingToCheck
        if not answer.question.of_kind.is_answered(answer.given):
            raise NothingToCheck
        if not is_recorded:
            _record(enrolment, quiz, attempt, answer, at)


def leave_question(
    *, enrolment: Enrolment, quiz: QuizPage, number: int, question_key: UUID, at: datetime
) -> None:
    """Go on to the next question where one comes after the other: what is saved counts.

    Done twice it changes nothing more. Raises as `check_answer`, but for NothingToCheck; and
    NotYetOpen where the learner goes freely.
    """
    with transaction.atomic():
        attempt, answer, is_recorded = _locked(enrolment, quiz, number, question_key, at)
        if answer is None or not attempt.is_sequential:
            raise NotYetOpen
        if not is_recorded:
            _record(enrolment, quiz, attempt, answer, at)


def _locked(
    enrolment: Enrolment, quiz: QuizPage, number: int, question_key: UUID, at: datetime
) -> tuple[Attempt, Answer | None, bool]:
    """Return the attempt, the answer as saved, and whether it is recorded already."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    attempt = attempt_of(enrolment=enrolment, quiz=quiz, number=number)
    Attempt.objects.select_for_update().get(pk=attempt.pk)
    require_open(attempt, at)
    is_recorded = recorded_unless_later(attempt, question_key) is not None
    answers = {one.question.key: one for one in answers_in(attempt, drafts_of(attempt))}
    return attempt, answers.get(question_key), is_recorded


def _record(
    enrolment: Enrolment, quiz: QuizPage, attempt: Attempt, answer: Answer, at: datetime
) -> None:
    twice = answer.is_to_grade and graded_twice(quiz)
    answered = answered_statement(enrolment, attempt, answer, at, twice=twice)
    record(enrolment=enrolment, statements=[answered], at=at)


def can_be_checked(attempt: Attempt, question: FrozenQuestion) -> bool:
    """Say whether an answer can be checked before the end: none that is a person's to grade."""
    kind = question.of_kind
    return attempt.feedback == Feedback.IMMEDIATE and kind.is_scored and not kind.is_graded


def graded_twice(quiz: QuizPage) -> bool:
    """Say whether two people grade the long answers of a quiz."""
    return quiz.in_source_language().second_grader


def answered_statement(
    enrolment: Enrolment, attempt: Attempt, answer: Answer, at: datetime, *, twice: bool
) -> Statement:
    """Return the statement of one answer; what was written is kept beside the log."""
    question, scored = answer.question, answer.scored
    drawn = attempt.drawn_question(question.key) or {}
    facts = {
        "attempt": attempt.number,
        "revision": drawn.get("revision"),
        "choices": scored.choices,
    }
    if answer.confidence and question.of_kind.is_scored:
        facts["confidence"] = answer.confidence
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
