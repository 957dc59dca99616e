"""A trainer's way on for a learner who has used every attempt."""

import hashlib
from datetime import datetime
from uuid import uuid4, uuid5

from django.db import transaction

from assessments.errors import ReasonMissing
from assessments.models import AttemptGrant, GrantReason, QuizPage
from courses.models import Enrolment
from lrs.log import record
from people.actors import actor_id
from people.models import User
from xapi import statements
from xapi.iris import NAMESPACE


def grant_attempt(
    *,
    trainer: User,
    enrolment: Enrolment,
    quiz: QuizPage,
    reason: str,
    at: datetime,
    token: str = "",
) -> AttemptGrant:
    """Open one more attempt. The log cites the reason by key and hash. Raises ReasonMissing.

    `token` is the form's one-time token: a form sent twice grants once.
    """
    text = reason.strip()
    if not text:
        raise ReasonMissing
    key = uuid5(NAMESPACE, f"{enrolment.registration} {token}") if token else uuid4()
    with transaction.atomic():
        words, _ = GrantReason.objects.get_or_create(
            key=key, defaults={"text": text, "written_at": at}
        )
        statement = statements.authorized(
            actor=actor_id(trainer),
            course=enrolment.course,
            registration=enrolment.registration,
            quiz=quiz.key,
            at=at,
            occurrence=str(words.key),
            facts={
                "reason": str(words.key),
                "reason-sha256": hashlib.sha256(words.text.encode()).hexdigest(),
            },
        )
        record([statement], at=at)
    return AttemptGrant.objects.get(reason_key=words.key)
