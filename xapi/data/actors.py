"""Agents and groups (Data 2.4.2), and the authority behind a statement (Data 2.4.9)."""

from typing import Any

from xapi.data.atoms import iri, mailto, sha1
from xapi.data.malformed import Malformed
from xapi.data.shapes import exactly, listed, named, shaped, text

IDENTIFIERS = frozenset({"mbox", "mbox_sha1sum", "openid", "account"})
ACCOUNT = {"homePage": iri, "name": text}
ACCOUNT_NEEDS = frozenset(ACCOUNT)


def account(value: object) -> object:
    """Return the account: whose it is and its name there (Data 2.4.2.4). Raises `Malformed`."""
    return shaped(value, ACCOUNT, ACCOUNT_NEEDS)


WHO = {"name": text, "mbox": mailto, "mbox_sha1sum": sha1, "openid": iri, "account": account}
AGENT = {"objectType": exactly("Agent"), **WHO}


def agent(value: object) -> dict[str, Any]:
    """Return the agent with its one identifier (Data 2.4.2.1). Raises `Malformed`."""
    found = shaped(value, AGENT)
    if len(IDENTIFIERS & found.keys()) != 1:
        raise Malformed(_one_identifier(found))
    return found


def members(value: object) -> object:
    """Return the list of agents in a group; a group in a group is none. Raises `Malformed`."""
    return listed(value, agent)


GROUP = {"objectType": exactly("Group"), **WHO, "member": members}
GROUP_NEEDS = frozenset({"objectType"})


def group(value: object) -> dict[str, Any]:
    """Return the group, identified or anonymous (Data 2.4.2.2). Raises `Malformed`."""
    found = shaped(value, GROUP, GROUP_NEEDS)
    identifiers = len(IDENTIFIERS & found.keys())
    if identifiers > 1:
        raise Malformed(_one_identifier(found))
    if not identifiers and not found.get("member"):
        raise Malformed('must have the property "member" with its agents, for it is anonymous')
    return found


def actor(value: object) -> dict[str, Any]:
    """Return the agent or group; without an objectType it is an agent. Raises `Malformed`."""
    return group(value) if named(value) == "Group" else agent(value)


def identified(value: object) -> dict[str, Any]:
    """Return the agent or group, which must have an identifier to be found by."""
    found = actor(value)
    if not IDENTIFIERS & found.keys():
        raise Malformed(_one_identifier(found))
    return found


def authority(value: object) -> dict[str, Any]:
    """Return who vouches for a statement: an agent, or the two of an OAuth request (Data 2.4.9).

    Such a group is anonymous, and the application in it has an account. Raises `Malformed`.
    """
    found = actor(value)
    if named(found) != "Group":
        return found
    two = found.get("member", ())
    if IDENTIFIERS & found.keys() or len(two) != 2:
        raise Malformed("must be an agent or an anonymous group of exactly two agents")
    if not any("account" in one for one in two):
        raise Malformed("must name the application by an account, if it is a group")
    return found


def _one_identifier(found: dict[str, Any]) -> str:
    """Say that an actor has too many identifiers, or none."""
    has = ", ".join(sorted(IDENTIFIERS & found.keys())) or "none"
    return f"must have exactly one of mbox, mbox_sha1sum, openid and account, but has {has}"
