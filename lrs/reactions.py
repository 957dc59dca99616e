"""What a new statement sets in motion: issue a certificate, send a mail.

A reaction is a task row written inside the append's own transaction, so it exists exactly if the
statement does. It is done at least once; the task itself makes it effective once. Rebuilding
never reacts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django_tasks.base import Task

from lrs.events import Event


@dataclass(frozen=True)
class Reaction:
    """Run `task(statement_id)` for each new statement with this verb and activity type."""

    name: str
    verb: str
    activity_type: str
    task: Task[Any, Any]


_reactions: dict[str, Reaction] = {}


def register(reaction: Reaction) -> None:
    """Make a reaction known; called once from `AppConfig.ready()`."""
    _reactions[reaction.name] = reaction


def react(events: Iterable[Event]) -> None:
    """Enqueue what the new events set in motion."""
    for event in events:
        for reaction in _reactions.values():
            if (event.verb, event.activity_type) == (reaction.verb, reaction.activity_type):
                reaction.task.enqueue(str(event.id))
