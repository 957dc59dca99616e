"""Replace scores by others: void what no longer counts, and say what counts now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from tincan import Statement as XapiStatement

from assessments.grading import responses_of
from assessments.kinds import Scored
from assessments.languages import language_of
from assessments.models import Attempt, Mark, Remark, Response
from assessments.regrading.rescoring import Verdict, verdict_with
from assessments.verdicts import rules_of
from courses.models import Enrolment
from courses.study import record
from lrs.log import record as append
from lrs.models import Statement
from xapi import statements, verbs
from xapi.iris import activity_iri, statement_id


@dataclass(frozen=True)
class NewScore:
    """What an answer is worth now, and by which revision of its question, or by whose hand."""

    response: Response
    scored: Scored
    revision: int | None
    overridden: bool = False


@dataclass(frozen=True)
class Cause:
    """Who changes scores, and the words that say why."""

    by: UUID
    remark: Remark
    at: datetime

    @property
    def facts(self) -> dict[str, Any]:
        return {**self.remark.facts, "changed-by": str(self.by), "changed-at": self.at.isoformat()}


def rescore(*, enrolment: Enrolment, scores: Sequence[NewScore], cause: Cause) -> list[Verdict]:
    """Replace scores of one enrolment; return the verdicts that are other ones now.

    A pass stays a pass. What follows from a new pass follows as after any: a completed module, a
    completed course, a certificate; except for whoever has left the course.
    """
    with transaction.atomic():
        enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        lines: list[XapiStatement] = []
        for score in scores:
            lines += _scored_anew(score, cause)
        verdicts = _verdicts(scores)
        for verdict in verdicts:
            lines += _judged_anew(enrolment, verdict, cause)
        if enrolment.withdrawn_at:
            append(lines, at=cause.at)
        else:
            language = _language_of(verdicts)
            record(enrolment=enrolment, statements=lines, at=cause.at, language=language)
    return verdicts


def _language_of(verdicts: Sequence[Verdict]) -> str:
    """Return the language of the attempt that is passed now: of the last one, if several are."""
    passed = [verdict.attempt for verdict in verdicts if verdict.passed]
    newest = max(passed, key=lambda one: str(one.finished_at), default=None)
    return language_of(newest) if newest else ""


def answered_in_log(response: Response) -> XapiStatement:
    """Return the `answered` statement that counts for an answer."""
    occurrence = statements.of_generation(_occurrence(response), response.generation)
    question = activity_iri(response.question_key)
    key = statement_id(response.registration, verbs.ANSWERED.id, question, occurrence)
    return XapiStatement.from_json(Statement.objects.get(id=key).body)


def _occurrence(response: Response) -> str:
    return f"{response.quiz_key} {response.number}"


def _scored_anew(score: NewScore, cause: Cause) -> list[XapiStatement]:
    response, scored = score.response, score.scored
    old = answered_in_log(response)
    generation = response.generation + 1
    new = statements.answered_anew(
        old,
        generation=generation,
        occurrence=_occurrence(response),
        correct=scored.correct,
        response=scored.response,
        success=scored.success,
        scaled=scored.scaled,
        facts={
            "choices": scored.choices,
            "revision": score.revision,
            "generation": generation,
            "replaces": str(old.id),
            "graders": 0,
            "overridden": score.overridden,
            **cause.facts,
        },
    )
    taken_back = [old.id, *_deciding_mark(response)]
    return [*(_voided(target, cause) for target in taken_back), new]


def _deciding_mark(response: Response) -> list[UUID]:
    """Return the id of the statement by which people settled a score, if they did."""
    if response.writing is None or not response.graders:
        return []
    last = Mark.objects.filter(writing=response.writing).last()
    if last is None:
        return []
    occurrence = f"{response.writing} {last.round}"
    question = activity_iri(response.question_key)
    return [statement_id(response.registration, verbs.SCORED.id, question, occurrence)]


def _verdicts(scores: Sequence[NewScore]) -> list[Verdict]:
    """Return the verdicts on finished attempts that the new scores change."""
    new: dict[tuple[UUID, UUID, int], dict[UUID, float | None]] = {}
    for score in scores:
        one = score.response
        place = one.registration, one.quiz_key, one.number
        new.setdefault(place, {})[one.question_key] = score.scored.scaled
    verdicts = []
    for (registration, quiz, number), by_question in new.items():
        attempt = Attempt.objects.get(registration=registration, quiz_key=quiz, number=number)
        verdict = verdict_with(attempt, responses_of(attempt), by_question)
        if verdict is not None and verdict.differs:
            verdicts.append(verdict)
    return verdicts


def _judged_anew(enrolment: Enrolment, verdict: Verdict, cause: Cause) -> list[XapiStatement]:
    attempt = verdict.attempt
    is_first = attempt.passed is None
    generation = 1 if is_first else attempt.generation + 1
    is_same = attempt.passed == verdict.passed
    old = None if is_first else _verdict_of(attempt)
    facts: dict[str, Any] = {
        **rules_of(attempt, verdict.judged),
        "finished-at": attempt.finished_at.isoformat() if attempt.finished_at else None,
        "generation": generation,
        "kept": verdict.is_kept,
        **({"replaces": str(old.id)} if old else {}),
        **cause.facts,
    }
    new = statements.judged(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        quiz=attempt.quiz_key,
        number=attempt.number,
        passed=verdict.passed,
        raw=verdict.judged.raw,
        maximum=verdict.judged.maximum,
        # Who passed then has passed then; who passes now passes now.
        at=old.timestamp if old and is_same else cause.at,
        facts=facts,
        generation=generation,
    )
    return [*([_voided(old.id, cause)] if old else []), new]


def _verdict_of(attempt: Attempt) -> Statement:
    verb = verbs.PASSED if attempt.passed else verbs.FAILED
    occurrence = statements.of_generation(str(attempt.number), attempt.generation)
    key = statement_id(attempt.registration, verb.id, activity_iri(attempt.quiz_key), occurrence)
    return Statement.objects.get(id=key)


def _voided(target: UUID, cause: Cause) -> XapiStatement:
    return statements.voided(actor=cause.by, target=target, at=cause.at)
