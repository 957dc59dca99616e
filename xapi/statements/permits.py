"""What a tutor allows: one more attempt, more time."""

from datetime import datetime
from uuid import UUID

from tincan import Statement

from xapi import types, verbs
from xapi.statements.building import Facts, activity, statement


def authorized(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    quiz: UUID,
    at: datetime,
    occurrence: str,
    facts: Facts,
) -> Statement:
    """A trainer granted a learner one more attempt. `facts` cite the reason by key and hash."""
    return statement(
        actor=actor,
        verb=verbs.AUTHORIZED,
        object_=activity(quiz, types.ASSESSMENT),
        registration=registration,
        course=course,
        at=at,
        facts=facts,
        occurrence=occurrence,
    )


def given_time(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    at: datetime,
    occurrence: str,
    facts: Facts,
) -> Statement:
    """A trainer gave a learner more time in a course.

    `facts`: how much (per cent), the deadlines of running attempts that move, and the reason by
    key and hash.
    """
    return statement(
        actor=actor,
        verb=verbs.AUTHORIZED,
        object_=activity(course, types.COURSE),
        registration=registration,
        course=course,
        at=at,
        facts=facts,
        occurrence=occurrence,
    )
