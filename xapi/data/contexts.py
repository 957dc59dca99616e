"""What surrounds an experience (Data 2.4.6; IEEE 9274.1.1 4.2.2.5)."""

from xapi.data.activities import activity
from xapi.data.actors import actor, agent, group
from xapi.data.atoms import extensions, iris, language, uuid
from xapi.data.references import reference
from xapi.data.shapes import exactly, listed, shaped, text
from xapi.data.versions import V1, V2


def one_or_more(value: object) -> object:
    """Return the activity, or the list of them. Raises `Malformed`."""
    return listed(value, activity) if type(value) is list else activity(value)


RELATED = dict.fromkeys(("parent", "grouping", "category", "other"), one_or_more)


def related(value: object) -> object:
    """Return the activities around this one (Data 2.4.6.2). Raises `Malformed`."""
    return shaped(value, RELATED)


AGENT_IN_CONTEXT = {"objectType": exactly("contextAgent"), "agent": agent, "relevantTypes": iris}
AGENT_NEEDS = frozenset({"objectType", "agent"})
GROUP_IN_CONTEXT = {"objectType": exactly("contextGroup"), "group": group, "relevantTypes": iris}
GROUP_NEEDS = frozenset({"objectType", "group"})


def agent_in_context(value: object) -> object:
    """Return an agent with its part in the experience, only in 2.0. Raises `Malformed`."""
    return shaped(value, AGENT_IN_CONTEXT, AGENT_NEEDS)


def group_in_context(value: object) -> object:
    """Return a group with its part in the experience, only in 2.0. Raises `Malformed`."""
    return shaped(value, GROUP_IN_CONTEXT, GROUP_NEEDS)


def agents_in_context(value: object) -> object:
    """Return the list of agents with their parts. Raises `Malformed`."""
    return listed(value, agent_in_context)


def groups_in_context(value: object) -> object:
    """Return the list of groups with their parts. Raises `Malformed`."""
    return listed(value, group_in_context)


FIRST = {
    "registration": uuid,
    "instructor": actor,
    "team": group,
    "contextActivities": related,
    "revision": text,
    "platform": text,
    "language": language,
    "statement": reference,
    "extensions": extensions,
}
CONTEXT = {
    V1: FIRST,
    V2: {**FIRST, "contextAgents": agents_in_context, "contextGroups": groups_in_context},
}


def first_context(value: object) -> object:
    """Return the context of a 1.0.3 statement. Raises `Malformed`."""
    return shaped(value, CONTEXT[V1])


def second_context(value: object) -> object:
    """Return the context of a 2.0 statement. Raises `Malformed`."""
    return shaped(value, CONTEXT[V2])
