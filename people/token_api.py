"""The address at which machine clients get access tokens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.throttling import AnonRateThrottle

from people.clients import SCOPES
from people.oauth import answer

router = Router(tags=["access"])
# Enough for many clients behind one address; too few to try secrets out.
_RATE = "60/m"


class ByAddress(AnonRateThrottle):
    """Count by the address that the site believes in, not by what a header says."""

    def get_ident(self, request: HttpRequest) -> str | None:
        address: str | None = request.META.get("REMOTE_ADDR")
        return address


class TokenOut(Schema):
    """A token for `Authorization: Bearer …` (RFC 6749, 5.1)."""

    access_token: str
    token_type: str
    expires_in: int = Field(..., description="Seconds for which it can be used.")
    scope: str = Field(..., description="What it opens.")


class TokenRefused(Schema):
    """Why there is none (RFC 6749, 5.2)."""

    error: str
    error_description: str = ""


_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {
                        "grant_type": {"type": "string", "enum": ["client_credentials"]},
                        "scope": {
                            "type": "string",
                            "description": f"Of {' and '.join(SCOPES)}; all if left out.",
                        },
                        "client_id": {"type": "string"},
                        "client_secret": {"type": "string"},
                    },
                }
            }
        },
    }
}


@router.post(
    "/token",
    response={200: TokenOut, 400: TokenRefused, 401: TokenRefused, 403: TokenRefused},
    throttle=[ByAddress(_RATE)],
    openapi_extra=_FORM,
)
def token(request: HttpRequest) -> HttpResponse:
    """Give an access token for client id and secret (OAuth 2 client credentials).

    Say them by HTTP Basic, or in the form. 400: the grant is another, or a scope is unknown. 401:
    id or secret is wrong. 403: the client may not come from this address. 429: more than 60
    questions a minute came from it.
    """
    said = answer(
        body=request.body.decode(errors="replace"),
        headers=dict(request.headers),
        address=request.META["REMOTE_ADDR"],
        at=timezone.now(),
    )
    return HttpResponse(said.body, status=said.status, headers=said.headers)
