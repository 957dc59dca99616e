"""The REST API, composed of what each room offers."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, Throttled, ValidationError

from people.token_api import router as token_router
from reports.api import router as reports_router
from reports.difference.api import router as difference_router
from reports.feed_api import router as feed_router
from reports.resync_api import router as resync_router

_ASK_WITH_ONE = "Ask with a token, in the header “Authorization: Bearer …”."
_OPENS_NOTHING = "This token opens nothing: it is mistyped, has expired or was revoked."

api = NinjaAPI(
    title="Putokaz",
    version="1",
    description="Completion reports for institutions. Every figure is folded from the log.",
    openapi_url="/openapi.json",
    docs_url="/docs",
)
api.add_router("", token_router)
api.add_router("", reports_router)
api.add_router("", feed_router)
api.add_router("", resync_router)
api.add_router("", difference_router)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say in one sentence, as for every other wrong request, which value cannot be read."""
    faults = [f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors]
    return api.create_response(request, {"detail": "; ".join(faults)}, status=400)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Say by which kind of token the door opens, and whether one was tried (RFC 6750, 3)."""
    has_token = request.headers.get("Authorization", "").lower().startswith("bearer ")
    detail = _OPENS_NOTHING if has_token else _ASK_WITH_ONE
    response = api.create_response(request, {"detail": detail}, status=401)
    fault = ', error="invalid_token"' if has_token else ""
    response["WWW-Authenticate"] = f'Bearer realm="putokaz"{fault}'
    return response


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    """Say when to come back."""
    response = api.create_response(request, {"detail": str(error)}, status=429)
    response["Retry-After"] = str(int(error.wait or 60))
    return response
