"""Record what somebody gives a long answer, and what follows from it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from tincan import Statement

from assessments.errors import AlreadyGraded, AttemptNotFound, OwnAnswer
from assessments.grading import conclude
from assessments.kinds.long_answer import most_points, share_of
from assessments.marking.settling import settled
from assessments.models import Attempt, Mark, Remark, Response
from assessments.papers import FrozenQuestion, frozen_question
from courses.models import Enrolment
from lrs.log import record
from xapi import statements, types


def mark_answer(
    *, grader: UUID, writing: UUID, points: Mapping[str, float], remark: str, at: datetime
) -> None:
    """Give points, by the keys of the criteria, to the answer whose words have this key.

    Once nothing of the attempt waits any more its verdict is recorded. Raises AlreadyGraded if
    others were faster or `grader` has graded it, OwnAnswer, AttemptNotFound, EnrolmentEnded, and
    ValueError for points that the rubric does not give.
    """
    place = Response.objects.filter(writing=writing).values_list("registration", flat=True).first()
    if place is None:
        raise AttemptNotFound
    with transaction.atomic():
        # Two who grade at once queue up here; each sees what the other gave.
        enrolment = Enrolment.objects.select_for_update().get(registration=place)
        response = Response.objects.get(writing=writing)
        marks = list(Mark.objects.filter(writing=writing))
        if enrolment.actor == grader:
            raise OwnAnswer
        if not response.is_waiting or any(mark.grader == grader for mark in marks):
            raise AlreadyGraded
        attempt = attempt_with(response)
        question = frozen_question(attempt, response.question_key)
        if question is None:
            raise AttemptNotFound
        given = _Given(response, question, points, len(marks) + 1)
        counts = settled([*(mark.scaled for mark in marks), given.share], graders=response.graders)
        cited = _keep(remark, response, given.round, at)
        record([given.statement(enrolment, grader, counts, cited, at)], at=at)
        if counts is not None:
            conclude(enrolment=enrolment, attempt=attempt, at=at)


def attempt_with(response: Response) -> Attempt:
    """Return the attempt to which a response belongs."""
    return Attempt.objects.get(
        registration=response.registration, quiz_key=response.quiz_key, number=response.number
    )


class _Given:
    """Points for an answer, in the words of a statement."""

    def __init__(
        self,
        response: Response,
        question: FrozenQuestion,
        points: Mapping[str, float],
        round_: int,
    ) -> None:
        self.response, self.points, self.round = response, points, round_
        self.most = most_points(question.options_as_written)
        self.share = share_of(question.options_as_written, points)

    def statement(
        self,
        enrolment: Enrolment,
        grader: UUID,
        counts: float | None,
        cited: dict[str, str],
        at: datetime,
    ) -> Statement:
        facts = {
            "attempt": self.response.number,
            "writing": str(self.response.writing),
            "round": self.round,
            "points": dict(self.points),
            **({} if counts is None else {"settled": counts}),
            **cited,
        }
        return statements.scored(
            actor=grader,
            course=enrolment.course,
            registration=enrolment.registration,
            parent=statements.activity(self.response.quiz_key, types.ASSESSMENT),
            question=self.response.question_key,
            scaled=self.share,
            raw=sum(self.points.values()),
            maximum=self.most,
            at=at,
            occurrence=f"{self.response.writing} {self.round}",
            facts=facts,
        )


def _keep(text: str, response: Response, round_: int, at: datetime) -> dict[str, str]:
    """Keep the grader's words; return the facts by which the statement cites them."""
    words = text.strip()
    if not words:
        return {}
    key = uuid5(response.registration, f"remark {response.writing} {round_}")
    remark = Remark.objects.create(
        key=key, registration=response.registration, text=words, written_at=at
    )
    return remark.facts
