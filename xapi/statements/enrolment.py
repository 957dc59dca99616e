"""Somebody begins a course, or leaves it."""

from datetime import datetime
from uuid import UUID

from tincan import Statement

from xapi import types, verbs
from xapi.statements.building import Facts, activity, statement


def registered(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    at: datetime,
    facts: Facts,
    occurrence: str = "",
) -> Statement:
    """A person enrolled in a course.

    `facts`: edition, minutes, cohort, profession, institution, function. Nothing was learned yet:
    a language of training stands in `completed` alone.

    With the cohort alone, and an occurrence: a person who was enrolled joined a cohort.
    """
    return statement(
        actor=actor,
        verb=verbs.REGISTERED,
        object_=activity(course, types.COURSE),
        registration=registration,
        at=at,
        facts=facts,
        occurrence=occurrence,
    )


def left(*, actor: UUID, course: UUID, registration: UUID, at: datetime) -> Statement:
    """A person withdrew from a course."""
    return statement(
        actor=actor,
        verb=verbs.LEFT,
        object_=activity(course, types.COURSE),
        registration=registration,
        at=at,
    )
