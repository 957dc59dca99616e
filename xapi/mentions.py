"""What a statement can be found by: who did what to what, and in which surroundings.

Each identifier becomes a key of 64 bits, so that the log's index is narrow and needs no table of
identifiers that concurrent writers would have to share.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any

Mentions = dict[int, bool]
AGENT, ACTIVITY, VERB, REGISTRATION, REFERENCE = "agent", "activity", "verb", "registration", "ref"
ATTACHMENT = "attachment"
_ACTORS = ("Agent", "Group")


@lru_cache(maxsize=50_000)
def key(kind: str, identifier: str) -> int:
    """Return the key of an identifier: a signed number of 64 bits, the same on every machine."""
    digest = blake2b(f"{kind} {identifier}".encode(errors="surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def agent_identifier(actor: dict[str, Any]) -> str | None:
    """Return the inverse functional identifier as one text; None for an anonymous group.

    Source: xAPI 1.0.3 Data 2.4.2.3, IEEE 9274.1.1 4.2.2.1.
    """
    if "account" in actor:
        return f"account {actor['account']['homePage']} {actor['account']['name']}"
    for name in ("mbox", "openid"):
        if name in actor:
            return f"{name} {actor[name]}"
    return f"sha1 {actor['mbox_sha1sum'].lower()}" if "mbox_sha1sum" in actor else None


def mentions(statement: dict[str, Any]) -> Mentions:
    """Return the keys of all that a well-formed statement mentions.

    True stands for what the plain filters find (actor, verb, object, registration), False for
    what only `related_agents` and `related_activities` find.
    """
    related = [*_surroundings(statement)]
    if (authority := statement.get("authority")) is not None:
        related += _agents(authority)
    target = statement["object"]
    direct = [key(VERB, statement["verb"]["id"]), *_agents(statement["actor"])]
    kind = target.get("objectType", "Activity")
    if kind == "SubStatement":
        related += [*_agents(target["actor"]), *_object(target["object"]), *_surroundings(target)]
    else:
        direct += _object(target)
    registration = statement.get("context", {}).get("registration")
    if registration:
        direct.append(key(REGISTRATION, registration.lower()))
    return dict.fromkeys(related, False) | dict.fromkeys(direct, True)


def referred(statement: dict[str, Any]) -> str | None:
    """Return the id of the statement that this one has as its object."""
    target = statement["object"]
    return target["id"].lower() if target.get("objectType") == "StatementRef" else None


def activities(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the activities of a statement, with what it says of them."""
    for part in (statement, statement["object"]):
        target = part.get("object", {})
        if target.get("objectType", "Activity") == "Activity" and "id" in target:
            yield target
        for found in part.get("context", {}).get("contextActivities", {}).values():
            yield from found if isinstance(found, list) else [found]


def actors(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the agents and groups of a statement, members included."""
    for part in (statement, statement["object"]):
        for place in ("actor", "object"):
            actor = part.get(place)
            if actor and (place == "actor" or actor.get("objectType") in _ACTORS):
                yield from [actor, *actor.get("member", ())]
        yield from _context_actors(part.get("context", {}))


def _object(target: dict[str, Any]) -> Iterable[int]:
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        return [key(ACTIVITY, target["id"])]
    if kind == "StatementRef":
        return [key(REFERENCE, target["id"].lower())]
    return _agents(target) if kind in _ACTORS else []


def _agents(actor: dict[str, Any]) -> Iterator[int]:
    for one in (actor, *actor.get("member", ())):
        identifier = agent_identifier(one)
        if identifier:
            yield key(AGENT, identifier)


def _surroundings(statement: dict[str, Any]) -> Iterator[int]:
    context = statement.get("context")
    if not context:
        return
    for actor in _context_actors(context):
        yield from _agents(actor)
    for found in context.get("contextActivities", {}).values():
        for activity in found if isinstance(found, list) else [found]:
            yield key(ACTIVITY, activity["id"])


def _context_actors(context: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (context[place] for place in ("instructor", "team") if place in context)
    yield from (entry["agent"] for entry in context.get("contextAgents", ()))
    yield from (entry["group"] for entry in context.get("contextGroups", ()))
