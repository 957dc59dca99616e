"""The Statement Resource (xAPI 1.0.3 Communication 2.1, IEEE 9274.1.1 4.1.6.1)."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from lrs.access import Scope
from lrs.http import fetching
from lrs.http.answers import JSON, Answer, as_json, no_content
from lrs.http.exchange import Exchange
from lrs.http.multipart import MIXED, Part
from lrs.http.parcels import match, unpack
from lrs.parsing import parse
from lrs.receiving import receive
from lrs.refusals import Refusal
from lrs.signatures import check_signatures
from xapi.data import check_statement, check_uuid


def respond(exchange: Exchange) -> Answer:
    """Store or return statements."""
    exchange.allow("GET", "PUT", "POST")
    if exchange.method == "GET":
        return fetching.respond(exchange)
    if exchange.method == "PUT":
        return _put(exchange)
    return _post(exchange)


def _put(exchange: Exchange) -> Answer:
    exchange.only(need=("statementId",))
    id_ = check_uuid(exchange.params["statementId"], "statementId")
    statement, parts = _read(exchange)
    if not isinstance(statement, dict):
        raise Refusal("a PUT carries one statement")
    if str(statement.setdefault("id", id_)).lower() != id_.lower():
        raise Refusal("the statement's id is not the statementId of the request")
    _store(exchange, [statement], parts)
    return no_content()


def _post(exchange: Exchange) -> Answer:
    exchange.only()
    found, parts = _read(exchange)
    ids = _store(exchange, found if isinstance(found, list) else [found], parts)
    return as_json([str(id_) for id_ in ids])


def _read(exchange: Exchange) -> tuple[Any, dict[str, Part]]:
    """Return what the body says, and the parts that came with it."""
    exchange.who.require(Scope.WRITE)
    if exchange.content_type == MIXED:
        body, parts = unpack(exchange.headers["content-type"], exchange.body)
        return parse(body), parts
    if exchange.content_type != JSON:
        raise Refusal(f"send statements as {JSON} or {MIXED}")
    return parse(exchange.body), {}


def _store(exchange: Exchange, statements: list[Any], parts: dict[str, Part]) -> list[UUID]:
    for statement in statements:
        check_statement(statement, exchange.version)
    contents = match(statements, parts)
    check_signatures(statements, contents)
    return receive(
        statements,
        version=exchange.version,
        holder=exchange.who,
        at=timezone.now(),
        contents=contents,
    )
