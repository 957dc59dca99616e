"""Somebody works through a course: begins, goes on, completes."""

from datetime import datetime
from uuid import UUID

from tincan import Extensions, Result, Score, Statement

from xapi import types, verbs
from xapi.iris import extension
from xapi.statements.building import Facts, activity, statement


def initialized(
    *, actor: UUID, course: UUID, registration: UUID, key: UUID, type_: str, at: datetime
) -> Statement:
    """A person started an activity."""
    return statement(
        actor=actor,
        verb=verbs.INITIALIZED,
        object_=activity(key, type_),
        registration=registration,
        course=course,
        at=at,
    )


def completed(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    key: UUID,
    type_: str,
    at: datetime,
    facts: Facts | None = None,
    scaled: float | None = None,
    language: str = "",
) -> Statement:
    """A person completed a lesson, or the course when `key` is the course itself.

    `facts` of a course: edition, rule, what was required, minutes, law as of, the course that it
    is a short refresher of if there is one, profession, institution, function. `language` is that
    of the page on which it was done.
    """
    result = Result(completion=True)
    if scaled is not None:
        result.score = Score(scaled=scaled)
    return statement(
        actor=actor,
        verb=verbs.COMPLETED,
        object_=activity(key, type_),
        registration=registration,
        course=course,
        at=at,
        facts=facts,
        result=result,
        language=language,
    )


def satisfied(
    *, actor: UUID, course: UUID, registration: UUID, module: UUID, at: datetime, facts: Facts
) -> Statement:
    """Every required activity of a module is done (cmi5 11.0, "satisfied")."""
    return statement(
        actor=actor,
        verb=verbs.SATISFIED,
        object_=activity(module, types.MODULE),
        registration=registration,
        course=course,
        at=at,
        facts=facts,
    )


def progressed(
    *, actor: UUID, course: UUID, registration: UUID, module: UUID, percent: int, at: datetime
) -> Statement:
    """The course has come on by a finished module; `percent` is 0 to 100."""
    return statement(
        actor=actor,
        verb=verbs.PROGRESSED,
        object_=activity(course, types.COURSE),
        registration=registration,
        course=course,
        at=at,
        facts={"module": str(module)},
        result=Result(extensions=Extensions({extension("progress"): percent})),
        occurrence=str(module),
    )
