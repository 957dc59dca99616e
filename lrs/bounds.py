"""What a credential is bound to: one registration, one agent, activities that begin alike.

The scopes of xAPI 1.0.3 Communication 4.2 say what may be done; bounds say to what. Launched
content holds a credential that its learner can read in the browser, so it must open no more than
this learner's own.
"""

from collections.abc import Iterator
from typing import Any

from lrs.access import Holder
from lrs.refusals import Forbidden
from xapi.mentions import AGENT, REGISTRATION, agent_identifier, key, mentions
from xapi.verbs import VOIDED


def check_statement(holder: Holder, body: dict[str, Any]) -> None:
    """Let a well-formed statement pass only if it lies within the bounds. Raises Forbidden."""
    if not holder.is_bound:
        return
    if body["verb"]["id"] == VOIDED.id:
        # What the other statement says is not looked at, so it may lie outside.
        raise Forbidden("this credential is bound; it cannot take statements back")
    registration = body.get("context", {}).get("registration")
    if holder.registration and not _is(holder, registration):
        raise Forbidden(f"this credential is only for the registration {holder.registration}")
    if holder.agent is not None and _agent_key(body["actor"]) != holder.agent:
        raise Forbidden("this credential is bound to an agent who is not the actor")
    prefix = holder.activity_prefix
    if prefix and not any(id_.startswith(prefix) for id_ in _own_activities(body)):
        raise Forbidden(f"this credential is only for activities below {prefix}")


def check_document(
    holder: Holder, *, activity: str | None, agent: int | None, registration: str | None
) -> None:
    """Let a request for documents pass only if it lies within the bounds. Raises Forbidden.

    `agent` is the key of xapi.mentions. With both an activity and an agent, the document is a
    state, which belongs to a registration; a profile belongs to none.
    """
    if not holder.is_bound:
        return
    is_state = activity is not None and agent is not None
    if holder.registration and (is_state or registration) and not _is(holder, registration):
        raise Forbidden(f"this credential is only for the registration {holder.registration}")
    if holder.agent is not None and agent is not None and agent != holder.agent:
        raise Forbidden("this credential is bound to another agent")
    if activity is not None:
        _check_activity(holder, activity)


def narrow(holder: Holder, activity: str | None) -> tuple[int, ...]:
    """Return the keys that every statement found must mention directly.

    `activity` is what the reader asks for. Raises Forbidden if it lies outside the bounds: a
    reader bound to activities has to name one.
    """
    if not holder.is_bound:
        return ()
    if holder.activity_prefix:
        _check_activity(holder, activity or "")
    keys = [] if holder.agent is None else [holder.agent]
    if holder.registration:
        keys.append(key(REGISTRATION, str(holder.registration)))
    return tuple(keys)


def may_see(holder: Holder, body: dict[str, Any]) -> bool:
    """Say whether a statement lies within the bounds of who asks for it by its id.

    It is what a search within the same bounds could find by the statement itself.
    """
    found = mentions(body)
    if holder.agent is not None and not found.get(holder.agent):
        return False
    if holder.registration and not found.get(key(REGISTRATION, str(holder.registration))):
        return False
    return any(id_.startswith(holder.activity_prefix) for id_ in _own_activities(body)) or (
        not holder.activity_prefix
    )


def _check_activity(holder: Holder, activity: str) -> None:
    if not activity.startswith(holder.activity_prefix):
        raise Forbidden(f"this credential is only for activities below {holder.activity_prefix}")


def _is(holder: Holder, registration: str | None) -> bool:
    return registration is not None and registration.lower() == str(holder.registration)


def _agent_key(actor: dict[str, Any]) -> int | None:
    identifier = agent_identifier(actor)
    return key(AGENT, identifier) if identifier else None


def _own_activities(body: dict[str, Any]) -> Iterator[str]:
    """Yield the activities whose statement this is: its object, or what the object belongs to."""
    if body["object"].get("objectType", "Activity") == "Activity":
        yield body["object"]["id"]
    context = body.get("context", {}).get("contextActivities", {})
    for place in ("parent", "grouping"):
        found = context.get(place, [])
        yield from (one["id"] for one in (found if isinstance(found, list) else [found]))
