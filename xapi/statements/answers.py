"""Somebody takes a quiz: the paper, each answer, the hand-in; and what was scored anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tincan import Activity, ActivityDefinition, Extensions, Result, Score, Statement

from xapi import types, verbs
from xapi.iris import activity_iri, extension, statement_id
from xapi.statements.building import Facts, activity, statement


def of_generation(occurrence: str, generation: int) -> str:
    """Return the occurrence of what replaces a statement: the first keeps the bare one."""
    return occurrence if generation == 1 else f"{occurrence} generation {generation}"


def attempted(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    quiz: UUID,
    number: int,
    at: datetime,
    facts: Facts,
    language: str = "",
) -> Statement:
    """A person began attempt `number` at a quiz, in the `language` of its page.

    `facts`: drawn questions with revision and option order, pass mark, deadline.
    """
    return statement(
        actor=actor,
        verb=verbs.ATTEMPTED,
        object_=activity(quiz, types.ASSESSMENT),
        registration=registration,
        course=course,
        at=at,
        facts={**facts, "attempt": number},
        occurrence=str(number),
        language=language,
    )


def answered(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    parent: Activity,
    key: UUID,
    part: str = "",
    kind: str,
    correct: Sequence[str],
    response: str,
    success: bool | None,
    scaled: float | None = None,
    duration: timedelta | None = None,
    at: datetime,
    occurrence: str,
    facts: Facts | None = None,
) -> Statement:
    """A person answered a question, in a quiz attempt or as a self-check in a lesson.

    `kind`, `correct` (the answers that are right) and `response` follow the interaction types of
    xAPI (Data, appendix C). Without `success` nobody has judged the answer.
    """
    definition = ActivityDefinition(type=types.INTERACTION, interaction_type=kind)
    if correct:
        definition.correct_responses_pattern = list(correct)
    question = Activity(id=activity_iri(key, part), definition=definition)
    result = Result(response=response)
    if success is not None:
        result.success = success
    if scaled is not None:
        result.score = Score(scaled=scaled)
    if duration is not None:
        result.duration = duration
    return statement(
        actor=actor,
        verb=verbs.ANSWERED,
        object_=question,
        registration=registration,
        course=course,
        parent=parent,
        at=at,
        result=result,
        occurrence=occurrence,
        facts=facts,
    )


def answered_anew(
    original: Statement,
    *,
    generation: int,
    occurrence: str,
    correct: Sequence[str],
    response: str,
    success: bool | None,
    scaled: float | None,
    facts: Facts,
) -> Statement:
    """Return an `answered` statement that replaces another: the answer stays, its score changes.

    `facts` are added to those of the original.
    """
    made = Statement.from_json(original.to_json())
    made.id = statement_id(
        made.context.registration,
        made.verb.id,
        made.object.id,
        of_generation(occurrence, generation),
    )
    made.stored = made.authority = None
    made.object.definition.correct_responses_pattern = list(correct) or None
    made.result.response = response
    made.result.success = success
    made.result.score = None if scaled is None else Score(scaled=scaled)
    known = dict(made.context.extensions or {})
    added = {extension(name): fact for name, fact in facts.items()}
    made.context.extensions = Extensions({**known, **added})
    return made


def submitted(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    quiz: UUID,
    number: int,
    at: datetime,
    language: str = "",
) -> Statement:
    """A person handed in attempt `number`, of which people have to grade a part."""
    return statement(
        actor=actor,
        verb=verbs.SUBMITTED,
        object_=activity(quiz, types.ASSESSMENT),
        registration=registration,
        course=course,
        at=at,
        facts={"attempt": number},
        occurrence=str(number),
        language=language,
    )
