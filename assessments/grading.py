"""Submit an attempt: every response, every score and the verdict in one transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from tincan import Statement

from assessments.answering import Answer, answered_statement, answers_in, graded_twice
from assessments.attempts import attempt_of
from assessments.drafts import drafts_of
from assessments.languages import language_of
from assessments.models import Attempt, DraftAnswer, QuizPage, Response
from assessments.recorded import recorded_of
from assessments.verdicts import judge, rules_of
from cms.languages import code_of
from courses.models import Enrolment
from courses.study import record
from xapi import statements


def submit_attempt(
    *,
    enrolment: Enrolment,
    quiz: QuizPage,
    number: int,
    at: datetime,
    language: str | None = None,
) -> Attempt:
    """Score what is saved and record the verdict; a submitted attempt is returned as it is.

    Late, what was saved in time counts as of the deadline. `language` is that of the page `quiz`,
    unless somebody else than the learner hands it in. Raises AttemptNotFound, and
    EnrolmentEnded after a withdrawal.
    """
    language = code_of(quiz.locale_id) if language is None else language
    with transaction.atomic():
        # Two clicks on "Submit" queue up here; the second finds the verdict of the first.
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        attempt = attempt_of(enrolment=enrolment, quiz=quiz, number=number)
        if attempt.finished_at:
            return attempt
        Attempt.objects.select_for_update().get(pk=attempt.pk)
        drafts = drafts_of(attempt)
        answers = answers_in(attempt, drafts)
        ended = ended_at(attempt, drafts.values(), at)
        recorded = recorded_of(attempt)
        new = [answer for answer in answers if answer.question.key not in recorded]
        twice = any(answer.is_to_grade for answer in new) and graded_twice(quiz)
        answered = [
            answered_statement(enrolment, attempt, answer, ended, twice=twice) for answer in new
        ]
        if _is_to_grade(new, recorded):
            over = _submitted(enrolment, attempt, ended, language)
        else:
            scaled = {answer.question.key: _points(answer, recorded) for answer in answers}
            over = _judged(enrolment, attempt, scaled, ended, {})
        record(enrolment=enrolment, statements=[*answered, over], at=at, language=language)
    attempt.refresh_from_db()
    return attempt


def conclude(*, enrolment: Enrolment, attempt: Attempt, at: datetime) -> None:
    """Record the verdict on a submitted attempt, unless a part of it is still to be graded.

    Raises EnrolmentEnded after a withdrawal.
    """
    responses = responses_of(attempt)
    if attempt.finished_at is None or any(response.is_waiting for response in responses):
        return
    scaled = {response.question_key: response.scaled for response in responses}
    ended = {"finished-at": attempt.finished_at.isoformat()}
    record(
        enrolment=enrolment,
        statements=[_judged(enrolment, attempt, scaled, at, ended)],
        at=at,
        language=language_of(attempt),
    )


def responses_of(attempt: Attempt) -> list[Response]:
    """Return what was answered in a submitted attempt."""
    where = {"registration": attempt.registration, "quiz_key": attempt.quiz_key}
    return list(Response.objects.filter(**where, number=attempt.number))


def _is_to_grade(new: Iterable[Answer], recorded: Mapping[UUID, Response]) -> bool:
    return any(one.is_to_grade for one in new) or any(r.is_waiting for r in recorded.values())


def ended_at(attempt: Attempt, drafts: Iterable[DraftAnswer], at: datetime) -> datetime:
    """Return when an attempt ended: never after its deadline.

    Nor before it began or something was saved in it, whatever was done to the server's clock.
    """
    known = [moment for moment in (attempt.started_at, *(one.saved_at for one in drafts)) if moment]
    ended = max([at, *known])
    return min(ended, attempt.deadline or ended)


def _points(answer: Answer, recorded: Mapping[UUID, Response]) -> float | None:
    """Return what an answer has earned: what is recorded, as the log says."""
    known = recorded.get(answer.question.key)
    return known.scaled if known else answer.scored.scaled


def _submitted(enrolment: Enrolment, attempt: Attempt, at: datetime, language: str) -> Statement:
    return statements.submitted(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        quiz=attempt.quiz_key,
        number=attempt.number,
        at=at,
        language=language,
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
