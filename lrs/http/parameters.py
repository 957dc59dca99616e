"""The parameters that several resources share, read and checked."""

from datetime import datetime
from typing import Any

from lrs.actors import known_as
from lrs.http.exchange import Exchange
from lrs.parsing import parse
from lrs.refusals import Refusal
from xapi.data import check_actor, check_iri, check_timestamp, check_uuid
from xapi.mentions import AGENT, agent_identifier, key

# What an entry of PostgreSQL's index can hold, with room for the other columns.
_LONGEST_NAME = 2000


def json_in(name: str, text: str) -> Any:
    """Return the value of a parameter that is JSON. Raises Refusal."""
    try:
        return parse(text.encode(errors="surrogateescape"))
    except Refusal as error:
        raise Refusal(f"the parameter {name!r} is not JSON") from error


def agent_in(exchange: Exchange) -> dict[str, Any]:
    """Return the parameter `agent`: an Agent, no Group. Raises Refusal or Malformed."""
    agent = json_in("agent", exchange.params["agent"])
    check_actor(agent, exchange.version, "agent")
    if not isinstance(agent, dict) or agent.get("objectType", "Agent") != "Agent":
        raise Refusal("the parameter 'agent' is not an Agent")
    return agent


def agent_key(agent: dict[str, Any]) -> int:
    """Return the key of an agent. Raises Refusal where nothing identifies it, or an
    e-mail address does and this store takes none.
    """
    identifier = agent_identifier(known_as(agent))
    if identifier is None:
        raise Refusal("the parameter 'agent' has no identifier")
    return key(AGENT, identifier)


def activity_in(exchange: Exchange) -> str:
    """Return the parameter `activityId`. Raises Malformed."""
    return check_iri(exchange.params["activityId"], "activityId")


def registration_in(exchange: Exchange) -> str:
    """Return the parameter `registration` in small letters, "" for none. Raises Malformed."""
    if "registration" not in exchange.params:
        return ""
    return check_uuid(exchange.params["registration"], "registration").lower()


def since_in(exchange: Exchange) -> datetime | None:
    """Return the parameter `since`. Raises Malformed."""
    if "since" not in exchange.params:
        return None
    return check_timestamp(exchange.params["since"], "since", exchange.version)


def name_in(exchange: Exchange, parameter: str) -> str:
    """Return the name of a document. Raises Refusal for one that cannot be kept."""
    name = exchange.params[parameter]
    if not name or "\0" in name or len(name.encode()) > _LONGEST_NAME:
        raise Refusal(f"{parameter!r} must have 1 to {_LONGEST_NAME} bytes, none of them zero")
    return name
