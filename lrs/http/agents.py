"""The Agents Resource: what is known of an agent.

Source: xAPI 1.0.3 Communication 2.4, IEEE 9274.1.1 4.1.6.3.
"""

from typing import Any

from lrs.access import Scope
from lrs.bounds import check_document
from lrs.dictionary import names_of
from lrs.http.answers import Answer, as_json
from lrs.http.exchange import Exchange
from lrs.http.parameters import agent_in, agent_key

_READERS = (Scope.ALL_READ.value, Scope.READ.value, Scope.PROFILE.value)
_IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


def respond(exchange: Exchange) -> Answer:
    """Return the Person behind an Agent: its identifier, and the names it appeared under."""
    exchange.allow("GET")
    exchange.who.require(*_READERS)
    exchange.only(need=("agent",))
    agent = agent_in(exchange)
    identified = agent_key(agent)
    check_document(exchange.who, activity=None, agent=identified, registration=None)
    return as_json(_person(agent, names_of(identified)))


def _person(agent: dict[str, Any], known: list[str]) -> dict[str, Any]:
    given = agent.get("name")
    names = known if given is None or given in known else [*known, given]
    person: dict[str, Any] = {"objectType": "Person"}
    if names:
        person["name"] = names
    return person | {name: [agent[name]] for name in _IDENTIFIERS if name in agent}
