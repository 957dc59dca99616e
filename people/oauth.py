"""Access tokens for a client's id and secret (OAuth 2, RFC 6749, 4.4).

What is asked and how it is refused is oauthlib's, on which allauth's identity provider stands,
too; clients, secrets and tokens are ours: see docs/decisions/0017-machine-clients.md.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator
from oauthlib.oauth2.rfc6749.errors import OAuth2Error

from people.clients import ACCESS_LASTS, SCOPES, issue_access, key_with_secret
from people.networks import is_within

# oauthlib wants https in the address; that it is, the site itself sees to (SECURE_SSL_REDIRECT).
_HERE = "https://putokaz.invalid/token"


class AddressRefused(OAuth2Error):
    """The client may not come from there."""

    error = "access_denied"
    status_code = 403


@dataclass(frozen=True)
class Answer:
    """What the client is told: a token, or an error in the words of the standard."""

    status: int
    headers: dict[str, str]
    body: str


def answer(*, body: str, headers: dict[str, str], address: str, at: datetime) -> Answer:
    """Answer a question for a token that came from an address."""
    validator = _Validator(address, at)
    server = BackendApplicationServer(
        validator,
        token_generator=validator.issue,
        token_expires_in=int(ACCESS_LASTS.total_seconds()),
    )
    try:
        said, text, status = server.create_token_response(_HERE, "POST", body, headers)
    except OAuth2Error as error:  # what it says before it has looked at the grant
        said, text, status = dict(error.headers), error.json, error.status_code
    return Answer(status, {**said, **_challenge(status)}, text)


def _challenge(status: int) -> dict[str, str]:
    return {"WWW-Authenticate": 'Basic realm="putokaz"'} if status == 401 else {}


class _Validator(RequestValidator):
    """What oauthlib asks us about one request."""

    def __init__(self, address: str, at: datetime) -> None:
        self._address, self._at = address, at
        self._key: Any = None

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """Know the client by one of its secrets. Raises AddressRefused."""
        client_id, secret = _credentials(request)
        key = key_with_secret(client_id=client_id, secret=secret, at=self._at)
        if key is None:
            return False
        if not is_within(self._address, key.client.networks):
            words = f"The client may not come from {self._address}."
            raise AddressRefused(description=words, request=request)
        self._key, request.client, request.client_id = key, key.client, client_id
        return True

    def validate_grant_type(self, *args: Any, **kwargs: Any) -> bool:
        return True

    def get_default_scopes(self, *args: Any, **kwargs: Any) -> list[str]:
        return list(SCOPES)

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Request, *a: Any, **k: Any
    ) -> bool:
        return bool(scopes) and set(scopes) <= set(SCOPES)

    def issue(self, request: Request) -> str:
        """Return the words of a new token, which is kept as a hash."""
        return issue_access(key=self._key, scopes=request.scopes, at=self._at)

    def save_bearer_token(self, *args: Any, **kwargs: Any) -> None:
        """It is kept already: see `issue`."""


def _credentials(request: Request) -> tuple[str, str]:
    """Return id and secret: from the header, encoded (RFC 6749, 2.3.1), or from the form."""
    kind, _, packed = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            said = base64.b64decode(packed, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        client_id, _, secret = said.partition(":")
        return unquote_plus(client_id), unquote_plus(secret)
    return request.client_id or "", request.client_secret or ""
