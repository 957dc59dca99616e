"""The forms in which statements are returned beside the exact one (1.0.3 Communication 2.1.3)."""

from collections.abc import Callable, Iterable
from typing import Any

from lrs.dictionary import definitions_of
from lrs.languages import best_of
from xapi.mentions import activities

Statement = dict[str, Any]
_IDENTIFIERS = ("objectType", "mbox", "mbox_sha1sum", "openid", "account")
_MAPS = ("name", "description")
_OPTIONS = ("choices", "scale", "source", "target", "steps")


def only_ids(statements: Iterable[Statement]) -> list[Statement]:
    """Leave of agents, activities, verbs and groups only what identifies them."""
    return [_shaped(statement, _actor_id, _activity_id, _verb_id) for statement in statements]


def canonical(statements: Iterable[Statement], languages: str) -> list[Statement]:
    """Give activities the definition known here, and each text in the one language wished for.

    `languages` is an Accept-Language header.
    """
    found = list(statements)
    known = definitions_of({one["id"] for statement in found for one in activities(statement)})

    def activity(one: dict[str, Any]) -> dict[str, Any]:
        definition = known.get(one["id"], one.get("definition"))
        if definition is None:
            return one
        return one | {"definition": _in_one_language(definition, languages)}

    def verb(one: dict[str, Any]) -> dict[str, Any]:
        if "display" not in one:
            return one
        return one | {"display": best_of(one["display"], languages)}

    return [_shaped(statement, lambda actor: actor, activity, verb) for statement in found]


def _in_one_language(told: dict[str, Any], languages: str) -> dict[str, Any]:
    """Return a definition, or one of the options that it has, each text in one language."""
    texts = {name: best_of(told[name], languages) for name in _MAPS if name in told}
    options = {
        name: [_in_one_language(option, languages) for option in told[name]]
        for name in _OPTIONS
        if name in told
    }
    return told | texts | options


Shape = Callable[[dict[str, Any]], dict[str, Any]]


def _shaped(statement: Statement, actor: Shape, activity: Shape, verb: Shape) -> Statement:
    """Return a statement, its parts shaped by the functions."""
    result = dict(statement)
    result["actor"] = actor(statement["actor"])
    result["verb"] = verb(statement["verb"])
    result["object"] = _object(statement["object"], actor, activity, verb)
    if "context" in statement:
        result["context"] = _context(statement["context"], actor, activity)
    if "authority" in statement:
        result["authority"] = actor(statement["authority"])
    return result


def _object(target: dict[str, Any], actor: Shape, activity: Shape, verb: Shape) -> dict[str, Any]:
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        return activity(target)
    if kind in ("Agent", "Group"):
        return actor(target)
    return _shaped(target, actor, activity, verb) if kind == "SubStatement" else target


def _context(context: dict[str, Any], actor: Shape, activity: Shape) -> dict[str, Any]:
    result = dict(context)
    for name in ("instructor", "team"):
        if name in context:
            result[name] = actor(context[name])
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in context:
            result[name] = [one | {inner: actor(one[inner])} for one in context[name]]
    if "contextActivities" in context:
        lists = context["contextActivities"].items()
        result["contextActivities"] = {
            kind: [activity(one) for one in ones] for kind, ones in lists
        }
    return result


def _actor_id(actor: dict[str, Any]) -> dict[str, Any]:
    result = {name: actor[name] for name in _IDENTIFIERS if name in actor}
    if actor.get("objectType") == "Group" and len(result) == 1:
        result["member"] = [_actor_id(member) for member in actor["member"]]
    return result


def _activity_id(activity: dict[str, Any]) -> dict[str, Any]:
    return {"id": activity["id"]}


def _verb_id(verb: dict[str, Any]) -> dict[str, Any]:
    return {"id": verb["id"]}
