"""Who asks, and what they may do."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from lrs.models import Credential
from lrs.refusals import Forbidden, Unauthorized
from xapi.iris import BASE
from xapi.mentions import AGENT, agent_identifier, key

Scope = Credential.Scope
# How long a credential once verified is believed without asking the database, in seconds: so
# long a revocation may take to be felt.
_REMEMBERED = 5.0
_MOST_REMEMBERED = 5000
_USE_NOTED_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Holder:
    """The holder of a valid credential."""

    credential: int
    name: str
    key: str
    scopes: frozenset[str]
    registration: UUID | None = None
    agent: int | None = None
    activity_prefix: str = ""
    expires_at: datetime | None = None

    @property
    def authority(self) -> dict[str, Any]:
        """The agent that vouches for what this holder sends (xAPI Data 2.4.9)."""
        home = f"{BASE}/credential"
        return {"objectType": "Agent", "account": {"homePage": home, "name": self.key}}

    def may(self, *scopes: str) -> bool:
        """Say whether one of the scopes, or the scope of everything, was given."""
        return not self.scopes.isdisjoint((Scope.ALL.value, *scopes))

    def require(self, *scopes: str) -> None:
        """Raise Forbidden unless one of the scopes was given."""
        if not self.may(*scopes):
            raise Forbidden(f"this credential lacks the scope {' or '.join(scopes)}")


_verified: dict[bytes, tuple[float, Holder]] = {}


def holder_of(authorization: str) -> Holder:
    """Return who stands behind an Authorization header (Basic, or Bearer with key.secret).

    Raises Unauthorized.
    """
    digest = hashlib.sha256(authorization.encode(errors="replace")).digest()
    now = time.monotonic()
    known = _verified.get(digest)
    if known and known[0] > now and not _is_over(known[1].expires_at):
        return known[1]
    holder = _verify(*_key_and_secret(authorization))
    if len(_verified) >= _MOST_REMEMBERED:
        _verified.clear()
    _verified[digest] = (now + _REMEMBERED, holder)
    return holder


def forget_verified() -> None:
    """Ask the database about every credential again, at once."""
    _verified.clear()


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret.

    Secrets are 256 random bits, made here: there is nothing to guess that a slow hash would
    protect, as it protects a password that somebody chose.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def _key_and_secret(authorization: str) -> tuple[str, str]:
    scheme, _, value = authorization.strip().partition(" ")
    try:
        if scheme.lower() == "basic":
            name, colon, secret = base64.b64decode(value, validate=True).decode().partition(":")
        elif scheme.lower() == "bearer":
            name, colon, secret = value.partition(".")
        else:
            raise Unauthorized("send the key and the secret in the Authorization header")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Unauthorized("the Authorization header cannot be read") from error
    if not colon:
        raise Unauthorized("the Authorization header has no secret")
    return name, secret


def _verify(name: str, secret: str) -> Holder:
    row = Credential.objects.filter(key=name, revoked_at=None).first()
    given = secret_hash(secret)
    if not row or not hmac.compare_digest(row.secret_hash, given) or _is_over(row.expires_at):
        raise Unauthorized("the key and the secret do not belong to a valid credential")
    _note_use(row)
    return Holder(
        credential=row.pk,
        name=row.name,
        key=row.key,
        scopes=frozenset(row.scopes),
        registration=row.registration,
        agent=_agent_key(row.agent),
        activity_prefix=row.activity_prefix,
        expires_at=row.expires_at,
    )


def _agent_key(agent: Mapping[str, Any] | str | None) -> int | None:
    found = json.loads(agent) if isinstance(agent, str) else agent
    identifier = agent_identifier(dict(found)) if found else None
    return key(AGENT, identifier) if identifier else None


def _is_over(expires_at: datetime | None) -> bool:
    return expires_at is not None and expires_at <= timezone.now()


def _note_use(row: Credential) -> None:
    """Write down that a credential is in use, but not at each request."""
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _USE_NOTED_EVERY)
    if row.last_used_at is None or row.last_used_at < now - _USE_NOTED_EVERY:
        Credential.objects.filter(stale, pk=row.pk).update(last_used_at=now)
