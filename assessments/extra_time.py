"""More time for a learner who needs it: given by a trainer, for a reason, per cent of the limit."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4, uuid5

from django.db import transaction

from assessments.errors import ReasonMissing, TooMuchTime
from assessments.models import Attempt, ExtraTime, GrantReason, QuizPage
from courses.enrolment import enrolments_like
from courses.models import Enrolment
from lrs.log import record
from people.actors import actor_id
from people.models import User
from xapi import statements
from xapi.iris import NAMESPACE

MOST = 300  # per cent


def give_extra_time(
    *,
    trainer: User,
    enrolment: Enrolment,
    percent: int,
    reason: str,
    at: datetime,
    token: str = "",
) -> ExtraTime:
    """Give so much more time, per cent, in every quiz of a course; 0 takes it back.

    It holds for attempts that begin later, and moves the deadline of those that are running: the
    new one stands in the statement. What has been given is never taken from a running attempt.
    The log cites the reason by key and hash. `token` is the form's one-time token: a form sent
    twice gives once. Raises ReasonMissing, TooMuchTime.
    """
    text = reason.strip()
    if not text:
        raise ReasonMissing
    if not 0 <= percent <= MOST:
        raise TooMuchTime(MOST)
    key = uuid5(NAMESPACE, f"{enrolment.registration} {token}") if token else uuid4()
    with transaction.atomic():
        # Whoever submits, or begins, at this moment comes before or after, not in between.
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        words, is_new = GrantReason.objects.get_or_create(
            key=key, defaults={"text": text, "written_at": at}
        )
        if is_new:
            statement = statements.given_time(
                actor=actor_id(trainer),
                course=enrolment.course,
                registration=enrolment.registration,
                at=at,
                occurrence=str(words.key),
                facts={
                    "extra-time": percent,
                    "deadlines": _moved(enrolment, percent, at),
                    "reason": str(words.key),
                    "reason-sha256": hashlib.sha256(words.text.encode()).hexdigest(),
                },
            )
            record([statement], at=at)
    return ExtraTime.objects.get(reason_key=words.key)


def extra_time_of(enrolment: Enrolment) -> int:
    """Return how much more time a learner has in this course, per cent: what was given last.

    It is the learner's: it stays when somebody leaves the course, or takes it again.
    """
    own = enrolments_like(enrolment).values("registration")
    given = ExtraTime.objects.filter(registration__in=own)
    percent = given.order_by("-granted_at").values_list("percent", flat=True).first()
    return percent or 0


def own_minutes(enrolment: Enrolment, quiz: QuizPage) -> int | None:
    """Return how many minutes a learner with extra time has; None for everybody else."""
    limit, percent = quiz.in_source_language().time_limit, extra_time_of(enrolment)
    return int(lengthened(limit, percent).total_seconds() // 60) if limit and percent else None


def lengthened(minutes: int, percent: int) -> timedelta:
    """Return a time limit with so much more, per cent."""
    return timedelta(minutes=minutes) * (100 + percent) / 100


def _moved(enrolment: Enrolment, percent: int, at: datetime) -> list[dict[str, Any]]:
    """Return the running attempts that now end later, with their new deadlines."""
    running = Attempt.objects.filter(
        registration=enrolment.registration, finished_at=None, deadline__gte=at
    )
    moved = []
    for attempt in running.order_by("started_at"):
        deadline = _deadline(attempt, percent)
        if deadline and attempt.deadline and deadline > attempt.deadline:
            where = {"quiz": str(attempt.quiz_key), "attempt": attempt.number}
            moved.append(where | {"deadline": deadline.isoformat()})
    return moved


def _deadline(attempt: Attempt, percent: int) -> datetime | None:
    if attempt.started_at is None or attempt.deadline is None:
        return None
    if attempt.time_limit:
        return attempt.started_at + lengthened(attempt.time_limit, percent)
    # Begun before there was extra time: what it has is the limit itself.
    return attempt.started_at + (attempt.deadline - attempt.started_at) * (100 + percent) / 100
