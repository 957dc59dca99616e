"""E-mail addresses of people in what is sent here: kept, refused, or replaced (LRS_MAILBOXES).

Statements name people by opaque ids; what other programs send often names them by an address
(mbox), or by its SHA-1, which whoever has a list of addresses can read as well.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings

from lrs.attachments import attached
from lrs.models import PseudonymKey
from lrs.refusals import Refusal
from xapi.data.attachments import SIGNATURE
from xapi.iris import ACTOR_HOME, BASE

Actor = dict[str, Any]
Change = Callable[[Actor], Actor]
# Takes an address in small letters; returns the opaque id of the person, if there is one.
Resolver = Callable[[str], UUID | None]

PSEUDONYM_HOME = f"{BASE}/pseudonym"
_SCHEME = "mailto:"
_resolvers: list[Resolver] = []


class Mailboxes(StrEnum):
    """What becomes of an address."""

    KEEP = "keep"
    REFUSE = "refuse"
    MAP = "map"


def register_resolver(resolver: Resolver) -> None:
    """Make known who can tell people by their address; called once from `AppConfig.ready()`."""
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def privately(statements: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return well-formed statements as this store may keep them; what is given stays as it is.

    Every agent and group in them is looked at but the authority. Raises Refusal for an address
    where none is taken, and for a signed statement that would no longer be what was signed.
    """
    if treatment() is Mailboxes.KEEP:
        return list(statements)
    known: dict[str, Actor] = {}
    return [_privately(statement, partial(_changed, known=known)) for statement in statements]


def known_as(agent: Actor) -> Actor:
    """Return an agent that somebody asks for, as statements kept here name it. Raises Refusal."""
    return agent if treatment() is Mailboxes.KEEP else _changed(agent, known={})


def treatment() -> Mailboxes:
    """Return what the setting says. Raises ValueError for a word it does not have."""
    return Mailboxes(settings.LRS_MAILBOXES)


def account_of(actor: UUID) -> Actor:
    """Return the agent that stands for an opaque id."""
    return {"account": {"homePage": ACTOR_HOME, "name": str(actor)}}


def guises_of(address: str) -> list[Actor]:
    """Return the agents under which somebody may have come here who is known by an address."""
    written = {address, address.lower()}
    boxes: list[Actor] = [{"mbox": _SCHEME + one} for one in written]
    sums: list[Actor] = [{"mbox_sha1sum": _sha1(_SCHEME + one)} for one in written]
    return [*boxes, *sums, _pseudonym(_sha1(_SCHEME + address.lower()))]


def _privately(statement: dict[str, Any], change: Change) -> dict[str, Any]:
    result = _with_actors(statement, change)
    if result != statement and any(one["usageType"] == SIGNATURE for one in attached(statement)):
        raise Refusal(
            "a signed statement cannot be stored without its e-mail addresses, "
            "and this store keeps none: name people by an account"
        )
    return result


def _with_actors(part: dict[str, Any], change: Change) -> dict[str, Any]:
    """Return a statement, or a SubStatement, with its agents and groups changed."""
    result = part | {"actor": change(part["actor"])}
    kind = part["object"].get("objectType")
    if kind in ("Agent", "Group"):
        result["object"] = change(part["object"])
    elif kind == "SubStatement":
        result["object"] = _with_actors(part["object"], change)
    if "context" in part:
        result["context"] = _surroundings(part["context"], change)
    return result


def _surroundings(context: dict[str, Any], change: Change) -> dict[str, Any]:
    result = dict(context)
    for place in ("instructor", "team"):
        if place in context:
            result[place] = change(context[place])
    for places, place in (("contextAgents", "agent"), ("contextGroups", "group")):
        if places in context:
            result[places] = [one | {place: change(one[place])} for one in context[places]]
    return result


def _changed(actor: Actor, known: dict[str, Actor]) -> Actor:
    """Return an agent or group without addresses. A name beside a pseudonym would undo it."""
    result = dict(actor)
    for name in ("mbox", "mbox_sha1sum"):
        if name in actor:
            address = result.pop(name)
            result.pop("name", None)
            if address not in known:
                known[address] = _replaced(name, address)
            result |= known[address]
    if "member" in actor:
        result["member"] = [_changed(one, known) for one in actor["member"]]
    return result


def _replaced(name: str, address: str) -> Actor:
    if treatment() is Mailboxes.REFUSE:
        raise Refusal(
            f"this store takes no e-mail addresses ({name}): "
            "name people by an account, with homePage and name"
        )
    if name == "mbox_sha1sum":
        return _pseudonym(address.lower())
    address = address.lower()
    for resolver in _resolvers:
        if found := resolver(address.removeprefix(_SCHEME)):
            return account_of(found)
    return _pseudonym(_sha1(address))


def _pseudonym(sha1: str) -> Actor:
    """Return the account that always stands for one address, known in full or by its SHA-1."""
    secret = bytes(PseudonymKey.objects.get_or_create()[0].secret)
    name = hmac.new(secret, sha1.encode(), hashlib.sha256).hexdigest()[:32]
    return {"account": {"homePage": PSEUDONYM_HOME, "name": name}}


def _sha1(iri: str) -> str:
    return hashlib.sha1(iri.encode(), usedforsecurity=False).hexdigest()
