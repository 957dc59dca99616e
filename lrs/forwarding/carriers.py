"""Who carries statements to another store: tincan where it can, plain HTTP where it cannot.

What `tincan.RemoteLRS` (1.0) does not do, read in its source:

- *time-outs*: it opens its connection without one, so a silent target holds its caller for ever;
- *keep-alive*: it closes the connection after each request;
- *attachments*: it sends `application/json` only, never `multipart/mixed` with the bytes;
- *xAPI 2.0*: it accepts the versions 1.0.0 to 1.0.3 and raises for any other; a context with
  `contextAgents` or `contextGroups`, like every property it does not know, is an AttributeError;
- *exactness*: it reads statements into objects and writes them anew. Ids that are not UUIDs of
  version 1 to 5 are a ValueError, durations and moments can come out otherwise;
- *names and secrets beyond ASCII*: a UnicodeEncodeError.

The first two are mended by letting its requests run over our own line. For the others a batch
goes by plain HTTP: that is decided by what tincan would write, compared with what is meant.
"""

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

from django.utils import timezone
from tincan import RemoteLRS, StatementList
from tincan.lrs_response import LRSResponse

from lrs.attachments import attached, attachments_of
from lrs.equivalence import are_equivalent
from lrs.forwarding.endpoints import checked_endpoint
from lrs.forwarding.line import Line, Reply
from lrs.forwarding.outcomes import judge
from lrs.forwarding.parcels import Parcel
from lrs.forwarding.sealing import unseal
from lrs.http.answers import JSON
from lrs.http.parcels import pack
from lrs.models import Forwarding
from xapi.data import V1


class Carrier(Protocol):
    """Takes statements to a target."""

    def can_carry(self, parcels: Sequence[Parcel]) -> bool:
        """Say whether these statements would arrive as they are."""

    def send(self, parcels: Sequence[Parcel]) -> None:
        """Deliver all of them in one request. Raises Refused, Troubled or Unreachable."""


class _LineLRS(RemoteLRS):
    """tincan's client over our line: with a time-out, and a connection that stays open."""

    _props = [*RemoteLRS._props, "line"]

    def _send_request(self, request: Any) -> LRSResponse:
        query = urlencode(request.query_params)
        headers = {
            "X-Experience-API-Version": self.version,
            "Authorization": self.auth,
            **request.headers,
        }
        reply = self.line.request(
            request.method,
            request.resource + (f"?{query}" if query else ""),
            headers=headers,
            body=(request.content or "").encode(),
        )
        good = 200 <= reply.response.status < 300
        return LRSResponse(success=good, request=request, response=reply.response, data=reply.text)


class TincanCarrier:
    """Carries what tincan knows: statements of xAPI 1.0.3 without attachments."""

    def __init__(self, line: Line, forwarding: Forwarding, authorization: str) -> None:
        self._speaks = forwarding.version == V1
        self._remote = _LineLRS(
            endpoint=forwarding.endpoint, version=V1, auth=authorization, line=line
        )

    def can_carry(self, parcels: Sequence[Parcel]) -> bool:
        if not self._speaks or any(True for one in parcels for _ in attached(one.body)):
            return False
        try:
            written = json.loads(_tincan(parcels).to_json())
            pairs = zip(parcels, written, strict=True)
            return all(_is_exact(parcel.body, said) for parcel, said in pairs)
        except Exception:  # tincan has none of its own: AttributeError, ValueError, TypeError …
            return False

    def send(self, parcels: Sequence[Parcel]) -> None:
        answer = self._remote.save_statements(_tincan(parcels))
        response = answer.response
        judge(response.status, dict(response.headers), answer.data, now=timezone.now())


class PlainCarrier:
    """Carries everything, as it was stored, with its attachments, in both versions."""

    def __init__(self, line: Line, forwarding: Forwarding, authorization: str) -> None:
        self._line = line
        self._headers = {
            "Authorization": authorization,
            "X-Experience-API-Version": forwarding.version,
        }

    def can_carry(self, parcels: Sequence[Parcel]) -> bool:
        return True

    def send(self, parcels: Sequence[Parcel]) -> None:
        bodies = [parcel.body for parcel in parcels]
        body = json.dumps(bodies, ensure_ascii=False, separators=(",", ":")).encode()
        content_type = JSON
        if enclosed := attachments_of(bodies):
            content_type, body = pack(body, enclosed)
        headers = self._headers | {"Content-Type": content_type}
        _judged(self._line.request("POST", "statements", headers=headers, body=body))

    def holds(self, parcel: Parcel) -> bool:
        """Say whether the target has this very statement, taken back or not."""
        for name in ("statementId", "voidedStatementId"):
            query = urlencode({name: str(parcel.id)})
            reply = self._line.request("GET", f"statements?{query}", headers=self._headers)
            if reply.response.status == 200:
                return _says_the_same(reply, parcel)
        return False


class Courier:
    """Everything that carries to one target, over one line. Use it as a context manager.

    Raises SecretUnreadable or EndpointRefused where it may not even begin.
    """

    def __init__(self, forwarding: Forwarding) -> None:
        authorization = _basic(forwarding.username, unseal(forwarding.secret))
        self._line = Line(checked_endpoint(forwarding.endpoint))
        self._plain = PlainCarrier(self._line, forwarding, authorization)
        self._carriers: list[Carrier] = [
            TincanCarrier(self._line, forwarding, authorization),
            self._plain,
        ]

    def __enter__(self) -> "Courier":
        return self

    def __exit__(self, *error: object) -> None:
        self._line.__exit__(None, None, None)

    def send(self, parcels: Sequence[Parcel]) -> None:
        """Deliver statements in one request. Raises Refused, Troubled or Unreachable."""
        carrier = next(one for one in self._carriers if one.can_carry(parcels))
        carrier.send(parcels)

    def holds(self, parcel: Parcel) -> bool:
        """Say whether the target has this very statement. Raises Unreachable."""
        return self._plain.holds(parcel)


def _tincan(parcels: Sequence[Parcel]) -> StatementList:
    # tincan changes the dictionaries that it reads, so it gets its own.
    return StatementList(json.loads(json.dumps([parcel.body for parcel in parcels])))


def _is_exact(meant: dict[str, Any], said: dict[str, Any]) -> bool:
    """Say whether tincan writes what was stored; moments may look otherwise, and it adds versions.

    `are_equivalent` would not do: it leaves out how verbs and activities are described.
    """
    left, right = dict(meant), dict(said)
    right.pop("version", None)
    moments = [datetime.fromisoformat(one.pop("timestamp")) for one in (left, right)]
    return moments[0] == moments[1] and json.dumps(left, sort_keys=True) == json.dumps(
        right, sort_keys=True
    )


def _basic(username: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{secret}".encode()).decode()


def _judged(reply: Reply) -> None:
    headers = dict(reply.response.headers)
    judge(reply.response.status, headers, reply.text, now=timezone.now())


def _says_the_same(reply: Reply, parcel: Parcel) -> bool:
    try:
        found = json.loads(reply.body)
        return isinstance(found, dict) and are_equivalent(found, parcel.body)
    except (ValueError, RecursionError):
        return False
