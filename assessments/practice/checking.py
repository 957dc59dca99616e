"""An answer given in practice, checked and recorded at once; once in a round."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from tincan import Statement

from assessments.drafts import can_be_kept
from assessments.errors import (
    AnsweredInPractice,
    NothingToCheck,
    NotInRound,
    NotOpenNow,
    UnknownChoice,
)
from assessments.models import PracticeRound
from assessments.papers import FrozenQuestion, frozen
from assessments.practice.rounds import answers_in, left_in, round_of
from assessments.practice.survey import due_of, survey_of
from courses.models import Enrolment
from courses.study import record
from xapi import statements, types


def check_practice(
    *, enrolment: Enrolment, round_key: UUID, question_key: UUID, answer: list[str], at: datetime
) -> None:
    """Record an answer of the running round; the same one sent again changes nothing.

    Raises RoundIsOver, NotInRound, NotOpenNow, NothingToCheck for no answer, UnknownChoice for
    what the question does not offer, AnsweredInPractice for another answer than the first, and
    EnrolmentEnded after a withdrawal.
    """
    with transaction.atomic():
        # Two windows queue up here: what the first has answered stays.
        locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        practised = round_of(locked, round_key)
        drawn = practised.drawn_question(question_key)
        if drawn is None:
            raise NotInRound
        [question] = frozen([drawn])
        answered = answers_in(practised)
        if question_key in answered:
            first = practised.given.get(str(question_key), [])
            if not question.of_kind.are_same(first, answer):
                raise AnsweredInPractice
            return
        if question_key not in left_in(practised, due_of(survey_of(locked, at=at)), answered):
            raise NotOpenNow
        _require_answer(question, answer)
        statement = _answered(locked, practised, drawn, question, answer, at)
        record(enrolment=locked, statements=[statement], at=at)
        practised.given[str(question_key)] = answer
        practised.save(update_fields=["given"])


def _require_answer(question: FrozenQuestion, answer: Sequence[str]) -> None:
    if not question.of_kind.is_answered(answer):
        raise NothingToCheck
    if not can_be_kept(question, answer):
        raise UnknownChoice


def _answered(
    enrolment: Enrolment,
    practised: PracticeRound,
    drawn: dict[str, Any],
    question: FrozenQuestion,
    answer: list[str],
    at: datetime,
) -> Statement:
    scored = question.of_kind.score(question.options_as_written, answer)
    return statements.answered(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        parent=statements.activity(enrolment.course, types.COURSE),
        key=question.key,
        kind=question.of_kind.interaction_type,
        correct=scored.correct,
        response=scored.response,
        success=scored.success,
        scaled=scored.scaled,
        at=at,
        # That of an attempt is "quiz number": the two never meet.
        occurrence=f"practice {practised.key}",
        facts={
            "practice": str(practised.key),
            "revision": drawn["revision"],
            "words": drawn["words"],
            "options": drawn["options"],
            "choices": scored.choices,
        },
    )
