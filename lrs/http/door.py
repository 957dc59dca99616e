"""The door of the record store: before everything that a page needs and a machine does not."""

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lrs.http import about, activities, agents, documents, openapi, statements
from lrs.http.answers import Answer, as_json, http
from lrs.http.exchange import Exchange, exchange_of
from lrs.http.versions import FIXED, answered
from lrs.refusals import NotAllowed, NotFound, Refusal, Unauthorized
from lrs.visibility import lately_consistent_through
from xapi.data import Malformed

logger = logging.getLogger("lrs")
Next = Callable[[HttpRequest], HttpResponse]

RESOURCES: dict[str, Callable[[Exchange], Answer]] = {
    "about": about.respond,
    "activities": activities.respond,
    "activities/profile": documents.activity_profile,
    "activities/state": documents.state,
    "agents": agents.respond,
    "agents/profile": documents.agent_profile,
    "openapi.json": openapi.respond,
    "statements": statements.respond,
}
_FIXED = re.compile(f"({'|'.join(map(re.escape, FIXED))})/")
# Up to when the log is certainly complete, where nobody looked (1.0.3 Communication 2.1.3).
_BEFORE_ALL = datetime(2020, 1, 1, tzinfo=UTC)
_EXPOSED = (
    "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through, "
    "Retry-After, Content-Length"
)
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "HEAD, GET, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, Content-Length, If-Match, If-None-Match, "
        "X-Experience-API-Version, Accept, Accept-Language"
    ),
    "Access-Control-Max-Age": "86400",
}


def record_store(get_response: Next) -> Next:
    """Answer requests below the mount of the record store; pass all others on.

    Nothing else of the site takes part: no session, no cookie, no language, no page.
    """
    mount: str = settings.LRS_MOUNT

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(mount):
            return answer(request, mount)
        return get_response(request)

    return respond


def answer(request: HttpRequest, mount: str) -> HttpResponse:
    """Answer one request; whatever goes wrong becomes a status and a sentence."""
    fixed, resource = _addressed(request, mount)
    root = mount + (f"{fixed}/" if fixed else "")
    through = timezone.now()
    version = answered(request.headers.get("X-Experience-API-Version"), fixed)
    try:
        # Asked before the log is read: what comes in between may be in the answer already.
        through = lately_consistent_through() if resource == "statements" else through
        result, version = _result(request, resource, root, fixed, version)
    except Malformed as error:
        result = _refused(Refusal(str(error)))
    except Refusal as error:
        result = _refused(error)
    except RecursionError:
        result = _refused(Refusal("the body is nested too deeply"))
    except Exception:
        logger.exception("could not answer %s %s", request.method, request.path)
        result = as_json({"error": "something went wrong here; nothing was stored"}, status=500)
    return _http(result, request, resource, version, through)


def refuse(request: HttpRequest, mount: str, refusal: Refusal) -> HttpResponse:
    """Answer a request that was not even looked at; the database is not asked."""
    fixed, resource = _addressed(request, mount)
    version = answered(request.headers.get("X-Experience-API-Version"), fixed)
    return _http(_refused(refusal), request, resource, version, _BEFORE_ALL)


def _addressed(request: HttpRequest, mount: str) -> tuple[str | None, str]:
    """Return the version that the address fixes, if it does, and the resource that it names."""
    path = request.path_info.removeprefix(mount).rstrip("/")
    found = _FIXED.match(path)
    return (found[1], path[found.end() :]) if found else (None, path)


def _http(
    result: Answer, request: HttpRequest, resource: str, version: str, through: datetime
) -> HttpResponse:
    common = _common()
    if resource == "statements":
        common["X-Experience-API-Consistent-Through"] = through.isoformat()
    response = http(result, version=version, head=request.method == "HEAD", common=common)
    # A client's mistake is told to the client; written to the site's log it would bury our own.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _result(
    request: HttpRequest, resource: str, root: str, fixed: str | None, version: str
) -> tuple[Answer, str]:
    if request.method == "OPTIONS":
        return Answer(status=204, headers=dict(_PREFLIGHT)), version
    view = RESOURCES.get(resource)
    if view is None:
        raise NotFound(f"there is no resource {resource!r} here")
    exchange = exchange_of(request, resource, root, fixed)
    if exchange.method == "HEAD":
        exchange.method = "GET"
    return view(exchange), exchange.version


def _refused(refusal: Refusal) -> Answer:
    result = as_json({"error": refusal.reason}, status=refusal.status)
    if isinstance(refusal, Unauthorized):
        result.headers["WWW-Authenticate"] = 'Basic realm="xAPI"'
    if isinstance(refusal, NotAllowed):
        result.headers["Allow"] = ", ".join(refusal.allowed)
    if refusal.retry_after:
        result.headers["Retry-After"] = str(refusal.retry_after)
    return result


def _common() -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": settings.LRS_CORS_ORIGIN,
        "Access-Control-Expose-Headers": _EXPOSED,
    }
