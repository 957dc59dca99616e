"""Submit an attempt: every response, every score and the verdict in one transaction."""

from datetime import datetime

from django.db import transaction
from tincan import Statement

from assessments.attempts import attempt_of
from assessments.drafts import drafts_of
from assessments.kinds import Scored
from assessments.models import Attempt, DraftAnswer, QuizPage
from assessments.papers import FrozenQuestion, frozen_questions
from assessments.verdicts import is_passed, points_of
from courses.models import Enrolment
from courses.study import record
from xapi import statements, types


def submit_attempt(*, enrolment: Enrolment, quiz: QuizPage, number: int, at: datetime) -> Attempt:
    """Score what is saved and record the verdict; a submitted attempt is returned as it is.

    Late, what was saved in time counts as of the deadline. Raises AttemptNotFound.
    """
    with transaction.atomic():
        # Two clicks on "Submit" queue up here; the second finds the verdict of the first.
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        attempt = attempt_of(enrolment=enrolment, quiz=quiz, number=number)
        if attempt.finished_at:
            return attempt
        Attempt.objects.select_for_update().get(pk=attempt.pk)
        scored = _scored(attempt)
        ended = min(at, attempt.deadline or at)
        answers = [_answered(enrolment, attempt, q, s, ended) for q, s in scored]
        verdict = _judged(enrolment, attempt, [s for _, s in scored], ended)
        record(enrolment=enrolment, statements=[*answers, verdict], at=at)
    attempt.refresh_from_db()
    return attempt


def _scored(attempt: Attempt) -> list[tuple[FrozenQuestion, Scored]]:
    drafts = drafts_of(attempt)
    return [
        (question, score(question, drafts.get(question.key)))
        for question in frozen_questions(attempt)
    ]


def score(question: FrozenQuestion, draft: DraftAnswer | None) -> Scored:
    """Return the points for what was saved; an unanswered question earns nothing."""
    return question.of_kind.score(question.options_as_written, draft.choices if draft else [])


def _answered(
    enrolment: Enrolment, attempt: Attempt, question: FrozenQuestion, scored: Scored, at: datetime
) -> Statement:
    drawn = attempt.drawn_question(question.key) or {}
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
        at=at,
        occurrence=f"{attempt.quiz_key} {attempt.number}",
        facts={
            "attempt": attempt.number,
            "revision": drawn.get("revision"),
            "choices": scored.choices,
        },
    )


def _judged(
    enrolment: Enrolment, attempt: Attempt, scored: list[Scored], at: datetime
) -> Statement:
    raw, maximum = points_of([one.scaled for one in scored])
    return statements.judged(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        quiz=attempt.quiz_key,
        number=attempt.number,
        passed=is_passed(raw=raw, maximum=maximum, pass_mark=attempt.pass_mark),
        raw=raw,
        maximum=maximum,
        at=at,
        facts={"pass-mark": attempt.pass_mark},
    )
