"""The State, Activity Profile and Agent Profile Resources.

Source: xAPI 1.0.3 Communication 2.2, 2.3, 2.6, 2.7 and 3.1; IEEE 9274.1.1 4.1.4, 4.1.6.2, 4.1.6.5
and 4.1.6.6.
"""

import re

from django.utils import timezone

from lrs.access import Scope
from lrs.bounds import check_document
from lrs.documents import Content, Shelf, delete, delete_all, digest, list_names, merge, put, read
from lrs.http.answers import Answer, as_json, last_modified, no_content
from lrs.http.exchange import Exchange
from lrs.http.parameters import (
    activity_in,
    agent_in,
    agent_key,
    name_in,
    registration_in,
    since_in,
)
from lrs.models import Document
from lrs.preconditions import Precondition
from lrs.refusals import NotFound, Refusal
from xapi.data import V1
from xapi.mentions import ACTIVITY, key

Kind = Document.Kind
_UNTYPED = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"[\x20-\x7e]{1,255}")
# Whoever wrote a document chose its type. Opened in a browser, a page among them must not act
# with the rights of this site.
_HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-cache",
}


def state(exchange: Exchange) -> Answer:
    """Answer for the states of an agent in an activity, within a registration or without."""
    _allow(exchange, Scope.STATE)
    _parameters(exchange, "stateId", "activityId", "agent", optional=("registration",))
    activity, agent = activity_in(exchange), agent_key(agent_in(exchange))
    registration = registration_in(exchange)
    check_document(exchange.who, activity=activity, agent=agent, registration=registration or None)
    shelf = Shelf(Kind.STATE, key(ACTIVITY, activity), agent, registration)
    # 1.0.3 lets states be overwritten unseen; from 2.0 on they are guarded as profiles are.
    guard = Precondition(guards=exchange.version != V1)
    return _answer(exchange, shelf, "stateId", guard)


def activity_profile(exchange: Exchange) -> Answer:
    """Answer for the profile documents of an activity."""
    _allow(exchange, Scope.PROFILE)
    _parameters(exchange, "profileId", "activityId")
    activity = activity_in(exchange)
    check_document(exchange.who, activity=activity, agent=None, registration=None)
    return _profile(exchange, Shelf(Kind.ACTIVITY, activity=key(ACTIVITY, activity)))


def agent_profile(exchange: Exchange) -> Answer:
    """Answer for the profile documents of an agent."""
    _allow(exchange, Scope.PROFILE)
    _parameters(exchange, "profileId", "agent")
    agent = agent_key(agent_in(exchange))
    check_document(exchange.who, activity=None, agent=agent, registration=None)
    return _profile(exchange, Shelf(Kind.AGENT, agent=agent))


def _profile(exchange: Exchange, shelf: Shelf) -> Answer:
    # In 1.0.3 a PUT must say what it thinks is there; 2.0 asks for that only to overwrite.
    guard = Precondition(guards=True, is_needed=exchange.version == V1)
    return _answer(exchange, shelf, "profileId", guard)


def _allow(exchange: Exchange, scope: Scope) -> None:
    exchange.allow("GET", "PUT", "POST", "DELETE")
    reading = (Scope.ALL_READ.value,) if exchange.method == "GET" else ()
    exchange.who.require(scope.value, *reading)


def _parameters(exchange: Exchange, name: str, *need: str, optional: tuple[str, ...] = ()) -> None:
    """Check which parameters there are; only lists, and all states at once, go without a name."""
    if exchange.method == "GET":
        exchange.only(name, "since", *optional, need=need)
        if (
            name == "stateId"
            and exchange.version != V1
            and {name, "since"} <= exchange.params.keys()
        ):
            raise Refusal("since goes with the list of states, not with one stateId")
    elif exchange.method == "DELETE" and name == "stateId":
        exchange.only(name, *optional, need=need)
    else:
        exchange.only(*optional, need=(*need, name))


def _answer(exchange: Exchange, shelf: Shelf, parameter: str, guard: Precondition) -> Answer:
    if parameter not in exchange.params:
        return _names(exchange, shelf) if exchange.method == "GET" else _cleared(shelf)
    name = name_in(exchange, parameter)
    if exchange.method == "GET":
        return _document(shelf, name, _precondition(exchange))
    now = timezone.now()
    if exchange.method == "PUT":
        expected = _precondition(exchange, guard)
        put(shelf, name, _content(exchange), at=now, only_if=expected)
    elif exchange.method == "POST":
        merge(shelf, name, _content(exchange), at=now, only_if=_precondition(exchange))
    else:
        delete(shelf, name, only_if=_precondition(exchange))
    return no_content()


def _cleared(shelf: Shelf) -> Answer:
    delete_all(shelf)
    return no_content()


def _names(exchange: Exchange, shelf: Shelf) -> Answer:
    names, newest = list_names(shelf, since=since_in(exchange))
    answer = as_json(names)
    answer.headers["ETag"] = f'"{digest(answer.body)}"'
    if newest is not None:
        answer.headers |= last_modified(newest)
    return answer


def _document(shelf: Shelf, name: str, expected: Precondition) -> Answer:
    found = read(shelf, name)
    if found is None:
        raise NotFound(f"there is no document {name!r} here")
    headers = {"ETag": f'"{found.etag}"', **last_modified(found.updated), **_HARMLESS}
    if expected.is_known(found.etag):
        return Answer(status=304, headers=headers)
    return Answer(body=bytes(found.content), content_type=found.content_type, headers=headers)


def _precondition(exchange: Exchange, guard: Precondition | None = None) -> Precondition:
    guard = guard or Precondition()
    return Precondition(
        match=exchange.headers.get("if-match"),
        none_match=exchange.headers.get("if-none-match"),
        guards=guard.guards,
        is_needed=guard.is_needed,
    )


def _content(exchange: Exchange) -> Content:
    media_type = exchange.headers.get("content-type", "").strip() or _UNTYPED
    if not _MEDIA_TYPE.fullmatch(media_type):
        raise Refusal("the Content-Type is not one")
    return Content(exchange.body, media_type)
