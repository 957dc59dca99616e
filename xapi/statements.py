"""One builder per event. Each takes keyword arguments and returns a `tincan.Statement`.

`at` is when it happened, an aware datetime. What a later verdict or report needs to know stands in
the context extensions, so that the log can be read without the site that wrote it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tincan import (
    Activity,
    ActivityDefinition,
    Agent,
    AgentAccount,
    Context,
    ContextActivities,
    Extensions,
    Result,
    Score,
    Statement,
    StatementRef,
    Verb,
)

from xapi import types, verbs
from xapi.iris import ACTOR_HOME, activity_iri, extension, statement_id

Facts = Mapping[str, Any]


def account(actor: UUID) -> Agent:
    """Return the opaque account under which a person appears in the log."""
    return Agent(account=AgentAccount(name=str(actor), home_page=ACTOR_HOME))


def activity(key: UUID, type_: str, part: str = "") -> Activity:
    """Return the activity with this permanent key."""
    return Activity(id=activity_iri(key, part), definition=ActivityDefinition(type=type_))


def statement(
    *,
    actor: UUID,
    verb: Verb,
    object_: Activity,
    registration: UUID,
    at: datetime,
    course: UUID | None = None,
    parent: Activity | None = None,
    facts: Facts | None = None,
    result: Result | None = None,
    occurrence: str = "",
) -> Statement:
    """Build a statement with the id that this event will always have.

    `facts` become context extensions; `course` stands in the context as grouping.
    """
    surroundings = ContextActivities()
    if course:
        surroundings.grouping = [activity(course, types.COURSE)]
    if parent:
        surroundings.parent = [parent]
    context = Context(registration=registration, context_activities=surroundings)
    if facts:
        context.extensions = Extensions({extension(name): fact for name, fact in facts.items()})
    return Statement(
        id=statement_id(registration, verb.id, object_.id, occurrence),
        actor=account(actor),
        verb=verb,
        object=object_,
        result=result,
        context=context,
        timestamp=at,
    )


def registered(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    at: datetime,
    facts: Facts,
    occurrence: str = "",
) -> Statement:
    """A person enrolled in a course. `facts`: edition, minutes, cohort, profession, institution.

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
) -> Statement:
    """A person completed a lesson, or the course when `key` is the course itself.

    `facts` of a course: edition, rule, what was required, minutes, law as of, the course that it
    is a short refresher of if there is one, profession, institution.
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


def attempted(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    quiz: UUID,
    number: int,
    at: datetime,
    facts: Facts,
) -> Statement:
    """A person began attempt `number` at a quiz.

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


def of_generation(occurrence: str, generation: int) -> str:
    """Return the occurrence of what replaces a statement: the first keeps the bare one."""
    return occurrence if generation == 1 else f"{occurrence} generation {generation}"


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
    *, actor: UUID, course: UUID, registration: UUID, quiz: UUID, number: int, at: datetime
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


def earned(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    certificate: UUID,
    at: datetime,
    facts: Facts,
) -> Statement:
    """A person earned a certificate.

    `facts`: serial, SHA-256 of the file, edition, minutes, class, law as of, the last day on which
    it is valid if there is one; of a correction what it replaces, why and by whom; of a renewal
    what it renews, and of what was renewed once the day and the refresher: key, edition, minutes.
    """
    return statement(
        actor=actor,
        verb=verbs.EARNED,
        object_=activity(certificate, types.CERTIFICATE),
        registration=registration,
        course=course,
        at=at,
        facts=facts,
    )


def revoked(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    certificate: UUID,
    at: datetime,
    facts: Facts,
) -> Statement:
    """An administrator took a certificate back, once. `facts`: the reason, and words by hash."""
    return statement(
        actor=actor,
        verb=verbs.REVOKED,
        object_=activity(certificate, types.CERTIFICATE),
        registration=registration,
        course=course,
        at=at,
        facts=facts,
    )


def voided(*, actor: UUID, target: UUID, at: datetime) -> Statement:
    """Take back the statement `target` (xAPI Data 2.3.2): it no longer counts."""
    return Statement(
        id=statement_id(target, verbs.VOIDED.id, str(target)),
        actor=account(actor),
        verb=verbs.VOIDED,
        object=StatementRef(id=target),
        timestamp=at,
    )
