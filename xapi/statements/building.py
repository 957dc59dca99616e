"""What every statement is built with: who, about what, and the id that it will always have."""

from collections.abc import Mapping
from datetime import datetime
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
    language: str = "",
) -> Statement:
    """Build a statement with the id that this event will always have.

    `facts` become context extensions; `course` stands in the context as grouping, and `language`,
    the one in which somebody learned, as its language (xAPI Data 2.4.6; RFC 5646).
    """
    surroundings = ContextActivities()
    if course:
        surroundings.grouping = [activity(course, types.COURSE)]
    if parent:
        surroundings.parent = [parent]
    context = Context(registration=registration, context_activities=surroundings)
    if language:
        context.language = language
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


def voided(*, actor: UUID, target: UUID, at: datetime) -> Statement:
    """Take back the statement `target` (xAPI Data 2.3.2): it no longer counts."""
    return Statement(
        id=statement_id(target, verbs.VOIDED.id, str(target)),
        actor=account(actor),
        verb=verbs.VOIDED,
        object=StatementRef(id=target),
        timestamp=at,
    )
