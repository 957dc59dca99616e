"""What a quiz, or a part that people grade, has come to."""

from datetime import datetime
from uuid import UUID

from tincan import Activity, Result, Score, Statement

from xapi import types, verbs
from xapi.statements.answers import of_generation
from xapi.statements.building import Facts, activity, statement


def judged(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    quiz: UUID,
    number: int,
    passed: bool,
    raw: float,
    maximum: float,
    at: datetime,
    facts: Facts,
    generation: int = 1,
) -> Statement:
    """The server's verdict on attempt `number`: passed or failed, with the score.

    One that replaces another is of the next `generation`.
    """
    score = Score(scaled=raw / maximum if maximum else 0.0, raw=raw, min=0, max=maximum)
    return statement(
        actor=actor,
        verb=verbs.PASSED if passed else verbs.FAILED,
        object_=activity(quiz, types.ASSESSMENT),
        registration=registration,
        course=course,
        at=at,
        facts={**facts, "attempt": number},
        result=Result(score=score, success=passed, completion=True),
        occurrence=of_generation(str(number), generation),
    )


def scored(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    parent: Activity,
    question: UUID,
    scaled: float,
    raw: float,
    maximum: float,
    at: datetime,
    occurrence: str,
    facts: Facts,
) -> Statement:
    """`actor`, who grades, gave points for a written answer to a question.

    `facts` cite the answer and the grader's words by key and hash.
    """
    return statement(
        actor=actor,
        verb=verbs.SCORED,
        object_=activity(question, types.INTERACTION),
        registration=registration,
        course=course,
        parent=parent,
        at=at,
        result=Result(score=Score(scaled=scaled, raw=raw, min=0, max=maximum)),
        occurrence=occurrence,
        facts=facts,
    )
