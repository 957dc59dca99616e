"""A trainer's way on for a learner who has used every attempt."""

import hashlib
from datetime import datetime

from django.db import transaction

from assessments.errors import ReasonMissing
from assessments.models import AttemptGrant, GrantReason, QuizPage
from courses.models import Enrolment
from lrs.log import record
from people.actors import actor_id
from people.models import User
from xapi import statements


def grant_attempt(
    *, trainer: User, enrolment: Enrolment, quiz: QuizPage, reason: str, at: datetime
) -> AttemptGrant:
    """Open one more attempt. The log cites the reason by key and hash. Raises ReasonMissing."""
    text = reason.strip()
    if not text:
        raise ReasonMissing
    with transaction.atomic():
        words = GrantReason.objects.create(text=text, written_at=at)
        statement = statements.authorized(
            actor=actor_id(trainer),
            course=enrolment.course,
            registration=enrolment.registration,
            quiz=quiz.key,
            at=at,
            occurrence=str(words.key),
            facts={
                "reason": str(words.key),
                "reason-sha256": hashlib.sha256(text.encode()).hexdigest(),
            },
        )
        record([statement], at=at)
    return AttemptGrant.objects.get(reason_key=words.key)
