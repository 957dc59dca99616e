"""GET on the Statement Resource: one statement, or a page of those that a filter finds."""

import re
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from lrs.access import Holder, Scope
from lrs.actors import known_as
from lrs.bounds import may_see, narrow
from lrs.http import sending
from lrs.http.answers import Answer, last_modified
from lrs.http.exchange import Exchange
from lrs.http.parameters import json_in
from lrs.parsing import parse
from lrs.refusals import Forbidden, NotFound, Refusal
from lrs.searching import Filter, Query, find, search
from xapi import mentions
from xapi.data import V1, check_actor, check_iri, check_timestamp, check_uuid

_ONE = ("statementId", "voidedStatementId")
_HOW = ("format", "attachments")
_FILTERS = (
    "agent", "verb", "activity", "registration", "related_activities", "related_agents",
    "since", "until", "limit", "ascending",
)  # fmt: skip
_AFTER = "after"
_PLACE = re.compile(r"-?[0-9]{1,19}")


def respond(exchange: Exchange) -> Answer:
    """Return a statement, or a page of statements."""
    mine = _whose(exchange.who)
    asked = [name for name in _ONE if name in exchange.params]
    return _one(exchange, asked, mine) if asked else _many(exchange, mine)


def _whose(holder: Holder) -> int | None:
    """Return the sender whose statements alone a holder may read, None for everybody's."""
    if holder.may(Scope.READ, Scope.ALL_READ):
        return None
    if holder.may(Scope.READ_MINE):
        return holder.credential
    raise Forbidden("this credential lacks the scope statements/read or statements/read/mine")


def _one(exchange: Exchange, asked: list[str], mine: int | None) -> Answer:
    if len(asked) > 1:
        raise Refusal("ask for statementId or for voidedStatementId, not for both")
    exchange.only(*_HOW, need=(asked[0],))
    id_ = UUID(check_uuid(exchange.params[asked[0]], asked[0]))
    found = find(id_, voided=asked[0] == "voidedStatementId", credential=mine)
    if not found or not _is_within(exchange.who, found[0]):
        raise NotFound(f"there is no such statement: {id_}")
    text, stored = found
    answer = sending.one(text, _format(exchange), _languages(exchange), _attachments(exchange))
    answer.headers |= last_modified(stored)
    return answer


def _is_within(holder: Holder, text: str) -> bool:
    """Say whether a reader with bounds may see this statement."""
    return not holder.is_bound or may_see(holder, parse(text.encode()))


def _many(exchange: Exchange, mine: int | None) -> Answer:
    exchange.only(*_FILTERS, *_HOW, _AFTER)
    query = _query(exchange, mine)
    page = search(query)
    more = ""
    if page.after is not None:
        following = exchange.params | {_AFTER: str(page.after)}
        more = f"{exchange.mount}statements?{urlencode(following)}"
    answer = sending.many(
        page.bodies, more, _format(exchange), _languages(exchange), _attachments(exchange)
    )
    if page.newest and exchange.version != V1:
        answer.headers |= last_modified(page.newest)
    return answer


def _query(exchange: Exchange, mine: int | None) -> Query:
    params = exchange.params
    return Query(
        filters=_filters(exchange),
        since=_moment(params, "since", exchange.version),
        until=_moment(params, "until", exchange.version),
        ascending=_flag(params, "ascending"),
        limit=_limit(params),
        after=_place(params),
        credential=mine,
    )


def _filters(exchange: Exchange) -> tuple[Filter, ...]:
    """Return the filters, those first that are likely to find the fewest statements."""
    params, found = exchange.params, []
    activity = params.get("activity")
    # Read also where they say nothing about anything, so that a mistake in them is told.
    related_agents = _flag(params, "related_agents")
    related_activities = _flag(params, "related_activities")
    if "registration" in params:
        id_ = check_uuid(params["registration"], "registration").lower()
        found.append(Filter(mentions.key(mentions.REGISTRATION, id_)))
    if "agent" in params:
        found.append(Filter(_agent(params["agent"], exchange.version), related_agents))
    if activity is not None:
        key = mentions.key(mentions.ACTIVITY, check_iri(activity, "activity"))
        found.append(Filter(key, related_activities))
    if "verb" in params:
        found.append(Filter(mentions.key(mentions.VERB, check_iri(params["verb"], "verb"))))
    bounds = [Filter(key) for key in narrow(exchange.who, activity)]
    return tuple(dict.fromkeys([*bounds, *found]))


def _agent(text: str, version: str) -> int:
    agent = json_in("agent", text)
    check_actor(agent, version)
    identifier = mentions.agent_identifier(known_as(agent))
    if identifier is None:
        raise Refusal("agent: name an agent, or a group that has an identifier")
    return mentions.key(mentions.AGENT, identifier)


def _moment(params: dict[str, str], name: str, version: str) -> datetime | None:
    return check_timestamp(params[name], name, version) if name in params else None


def _flag(params: dict[str, str], name: str) -> bool:
    value = params.get(name, "false").lower()
    if value not in ("true", "false"):
        raise Refusal(f"{name}: write true or false")
    return value == "true"


def _number(params: dict[str, str], name: str) -> int | None:
    value = params.get(name)
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise Refusal(f"{name}: write a whole number from 0")
    return int(value)


def _place(params: dict[str, str]) -> int | None:
    """Return where the page begins. Positions before 2020 are negative: see lrs.positions."""
    value = params.get(_AFTER)
    if value is None:
        return None
    if not _PLACE.fullmatch(value) or not -(2**63) <= int(value) < 2**63:
        raise Refusal(f"{_AFTER}: take the address in 'more' as it is")
    return int(value)


def _limit(params: dict[str, str]) -> int:
    limit = _number(params, "limit")
    if limit is None:
        return int(settings.LRS_PAGE)
    return min(limit or settings.LRS_LARGEST_PAGE, settings.LRS_LARGEST_PAGE)


def _format(exchange: Exchange) -> str:
    form = exchange.params.get("format", "exact")
    if form not in ("exact", "ids", "canonical"):
        raise Refusal("format: write ids, exact or canonical")
    return form


def _attachments(exchange: Exchange) -> bool:
    return _flag(exchange.params, "attachments")


def _languages(exchange: Exchange) -> str:
    return exchange.headers.get("accept-language", "")
