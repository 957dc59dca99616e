"""What statements say of activities and agents, gathered for reading.

Source: xAPI 1.0.3 Communication 2.4 and 2.5, IEEE 9274.1.1 4.1.6.3 and 4.1.6.4.

Learning is no part of storing statements: it comes after, every write is a transaction of its
own, and no two batches ever wait for each other with something in their hands. What a process has
learnt it remembers, so that a course in use costs neither a query nor a write.
"""

import json
import logging
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import DatabaseError, connection

from lrs.models import ActivityDefinition, AgentName
from lrs.remembered import Remembered
from xapi.mentions import ACTIVITY, AGENT, activities, actors, agent_identifier, key

Definition = dict[str, Any]

logger = logging.getLogger("lrs")
_LANGUAGE_MAPS = ("name", "description")
# What an entry of PostgreSQL's index can hold, with room for the key.
_LONGEST_NAME = 2000
_LONGEST_IRI = 100_000
_LONGEST_REMEMBERED = 8000
_TRIES = 5
_AT_ONCE = 200
# What this process knows to be in the tables: merged definitions, and names of agents.
_definitions: Remembered[int, Definition] = Remembered(5000)
_names: Remembered[tuple[int, str], bool] = Remembered(50_000)


def learn(bodies: Iterable[dict[str, Any]]) -> None:
    """Take up what statements just stored say of activities and agents.

    Call it outside any transaction. Never raises because of the database: the statements are
    stored, and what was missed here is said again.
    """
    told: dict[int, tuple[str, Definition]] = {}
    named: set[tuple[int, str]] = set()
    for body in bodies:
        for activity in activities(body):
            _hear(told, activity)
        named.update(pair for pair in _named(body) if not _names.get(pair))
    try:
        _take_up(told)
        _write_names(named)
    except DatabaseError:
        logger.exception("could not learn what statements say of activities and agents")


def definition_of(iri: str) -> Definition | None:
    """Return what is known of an activity."""
    return definitions_of([iri]).get(iri)


def definitions_of(iris: Collection[str]) -> dict[str, Definition]:
    """Return what is known of activities, by their ids, in one query."""
    if not iris:
        return {}
    wanted = set(iris)
    rows = ActivityDefinition.objects.filter(key__in={key(ACTIVITY, iri) for iri in wanted})
    return {
        iri: json.loads(text) for iri, text in rows.values_list("id", "definition") if iri in wanted
    }


def names_of(agent: int) -> list[str]:
    """Return the names under which an agent (its key) appeared, in the order of the alphabet."""
    return sorted(AgentName.objects.filter(agent=agent).values_list("name", flat=True))


def forget() -> None:
    """Ask the database anew about everything."""
    _definitions.forget()
    _names.forget()


def merged(known: Definition, told: Definition) -> Definition:
    """Return a definition with what is told last; translations are added to those known."""
    result = known | told
    for name in _LANGUAGE_MAPS:
        if name in known and name in told:
            result[name] = known[name] | told[name]
    return result


def _hear(told: dict[int, tuple[str, Definition]], activity: dict[str, Any]) -> None:
    """Note what is said of an activity, unless that is known already."""
    iri, definition = activity["id"], activity.get("definition")
    if not definition or not _fits(iri, _LONGEST_IRI):
        return
    number = key(ACTIVITY, iri)
    known = _definitions.get(number)
    is_known = known is not None and (definition == known or merged(known, definition) == known)
    if is_known and number not in told:
        return
    earlier = told[number][1] if number in told else {}
    told[number] = (iri, merged(earlier, definition))


def _take_up(told: dict[int, tuple[str, Definition]]) -> None:
    """Write definitions. What somebody else changed meanwhile is read and merged again."""
    for _ in range(_TRIES):
        if not told:
            return
        rows = ActivityDefinition.objects.filter(key__in=told).values_list("key", "definition")
        told = _missed(told, dict(rows))


def _missed(
    told: dict[int, tuple[str, Definition]], known: dict[int, str]
) -> dict[int, tuple[str, Definition]]:
    """Write what is new; return what could not be written for certain."""
    unknown = {number: what for number, what in told.items() if number not in known}
    missed = {} if _inserted(unknown) else unknown
    for number in known:
        iri, definition = told[number]
        old = json.loads(known[number])
        new = merged(old, definition)
        # The row as it was read is the condition: two who change it at once lose nothing.
        row = ActivityDefinition.objects.filter(key=number, definition=known[number])
        if new == old or row.update(definition=_text(new)):
            _remember(number, new)
        else:
            missed[number] = (iri, definition)
    return missed


def _inserted(unknown: dict[int, tuple[str, Definition]]) -> bool:
    """Insert rows, the smallest key first; say whether none of them was there."""
    rows = [
        (number, iri, _text(definition)) for number, (iri, definition) in sorted(unknown.items())
    ]
    if _insert(ActivityDefinition._meta.db_table, ("key", "id", "definition"), rows) < len(rows):
        return False
    for number, (_, definition) in unknown.items():
        _remember(number, definition)
    return True


def _remember(number: int, definition: Definition) -> None:
    if len(_text(definition)) <= _LONGEST_REMEMBERED:
        _definitions.keep(number, definition)


def _named(body: dict[str, Any]) -> Iterator[tuple[int, str]]:
    for actor in actors(body):
        name, identifier = actor.get("name"), agent_identifier(actor)
        if name and identifier and _fits(name, _LONGEST_NAME):
            yield key(AGENT, identifier), name


def _fits(text: str, longest: int) -> bool:
    """Say whether a database can keep a text: no zero, no half of a surrogate pair."""
    try:
        return "\0" not in text and len(text.encode()) <= longest
    except UnicodeEncodeError:
        return False


def _write_names(named: set[tuple[int, str]]) -> None:
    if not named:
        return
    agents = {agent for agent, _ in named}
    known = AgentName.objects.filter(agent__in=agents).values_list("agent", "name")
    _insert(AgentName._meta.db_table, ("agent", "name"), sorted(named.difference(known)))
    for pair in named:
        _names.keep(pair, True)


def _insert(table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> int:
    """Insert rows that are not there; return how many that were.

    Each statement is a transaction of its own. Rows come in the order of their keys, the same for
    everybody, so that no two writers wait for each other in a circle.
    """
    written = 0
    marks = "(" + ", ".join(["%s"] * len(columns)) + ")"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            cursor.execute(
                f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES '
                + ", ".join([marks] * len(some))
                + " ON CONFLICT DO NOTHING",
                [value for row in some for value in row],
            )
            written += cursor.rowcount
    return written


def _text(definition: Definition) -> str:
    # Escaped, because JSON knows characters that the database does not (half of a surrogate pair).
    return json.dumps(definition, separators=(",", ":"))
