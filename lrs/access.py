"""Who asks, and what they may do."""

import base64
import hashlib
import hmac
import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from lrs.actors import known_as
from lrs.models import Credential
from lrs.refusals import Forbidden, Refusal, Unauthorized
from xapi.iris import BASE
from xapi.mentions import AGENT, agent_identifier, key

logger = logging.getLogger("lrs")
Scope = Credential.Scope
# How long a credential once verified is believed without asking the database, in seconds: so
# long a revocation in another process may take to be felt.
_REMEMBERED = 5.0
_MOST_REMEMBERED = 5000
_USE_NOTED_EVERY = timedelta(minutes=10)
# An Authorization header can also come as a field of a form, where no server limits its length.
_LONGEST_HEADER = 1000
_LONGEST_KEY = 40


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
    def is_bound(self) -> bool:
        """Say whether less than the whole store is meant: see lrs.bounds."""
        return bool(self.registration or self.agent is not None or self.activity_prefix)

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


@dataclass(frozen=True)
class _Verified:
    until: float
    secret_hash: str
    holder: Holder

    def opens_to(self, given: str) -> bool:
        """Say whether the hash of a secret is the one verified a moment ago."""
        fresh = self.until > time.monotonic() and not _is_over(self.holder.expires_at)
        return fresh and hmac.compare_digest(self.secret_hash, given)


# By key, one entry each: whoever writes one credential in a thousand ways fills nothing.
_verified: dict[str, _Verified] = {}
# Counts up when all is forgotten, so that what was read before is not remembered after.
_epoch = 0


def holder_of(authorization: str) -> Holder:
    """Return who stands behind an Authorization header (Basic, or Bearer with key.secret).

    Raises Unauthorized.
    """
    name, secret = _key_and_secret(authorization)
    given = secret_hash(secret)
    known = _verified.get(name)
    if known and known.opens_to(given):
        return known.holder
    epoch = _epoch
    holder = _verify(name, given)
    if epoch == _epoch:
        _remember(_Verified(time.monotonic() + _REMEMBERED, given, holder))
    return holder


def holder_with(name: str) -> Holder:
    """Return the holder of a credential by its key, for a command run on this machine.

    Raises Unauthorized where there is no such credential, or it opens nothing any more.
    """
    row = Credential.objects.filter(key=name, revoked_at=None).first()
    if not row or _is_over(row.expires_at):
        raise Unauthorized(f"there is no valid credential with the key {name!r}")
    return _holder(row)


def forget_verified() -> None:
    """Ask the database about every credential again, at once."""
    global _epoch
    _epoch += 1
    _verified.clear()


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret.

    Secrets are 256 random bits, made here: there is nothing to guess that a slow hash would
    protect, as it protects a password that somebody chose.
    """
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _remember(verified: _Verified) -> None:
    if len(_verified) >= _MOST_REMEMBERED:
        _verified.clear()
    _verified[verified.holder.key] = verified


def _key_and_secret(authorization: str) -> tuple[str, str]:
    if len(authorization) > _LONGEST_HEADER:
        raise Unauthorized("the Authorization header is too long")
    scheme, _, value = authorization.strip().partition(" ")
    if scheme.lower() == "basic":
        name, mark, secret = _decoded(value.strip()).partition(":")
    elif scheme.lower() == "bearer":
        name, mark, secret = value.strip().partition(".")
    else:
        raise Unauthorized("send the key and the secret in the Authorization header")
    if not mark:
        raise Unauthorized("the Authorization header has no secret")
    # PostgreSQL does not even compare with a text that holds a NUL.
    if not (len(name) <= _LONGEST_KEY and name.isascii() and name.isprintable()):
        raise Unauthorized("the Authorization header holds no key of this store")
    return name, secret


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except ValueError as error:  # not Base64, not ASCII, or not UTF-8
        raise Unauthorized("the Authorization header cannot be read") from error


def _verify(name: str, given: str) -> Holder:
    row = Credential.objects.filter(key=name, revoked_at=None).first()
    if not row or not hmac.compare_digest(row.secret_hash, given) or _is_over(row.expires_at):
        raise Unauthorized("the key and the secret do not belong to a valid credential")
    holder = _holder(row)
    _note_use(row)
    return holder


def _holder(row: Credential) -> Holder:
    return Holder(
        credential=row.pk,
        name=row.name,
        key=row.key,
        scopes=frozenset(row.scopes),
        registration=row.registration,
        agent=None if row.agent is None else _agent_key(row.agent),
        activity_prefix=row.activity_prefix,
        expires_at=row.expires_at,
    )


def _agent_key(agent: Any) -> int:
    """Return the key of an agent; a bound that names nobody must not become no bound at all."""
    try:
        identifier = agent_identifier(known_as(agent))
    except Refusal as error:
        raise Unauthorized(f"the agent of this credential has an address: {error}") from error
    except (AttributeError, KeyError, TypeError) as error:
        raise Unauthorized("the agent of this credential cannot be read") from error
    if identifier is None:
        raise Unauthorized("the agent of this credential has no identifier")
    return key(AGENT, identifier)


def _is_over(expires_at: datetime | None) -> bool:
    return expires_at is not None and expires_at <= timezone.now()


def _note_use(row: Credential) -> None:
    """Write down that a credential is in use, but not at each request, and never at its cost."""
    now = timezone.now()
    before = now - _USE_NOTED_EVERY
    if row.last_used_at is not None and row.last_used_at >= before:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lt=before)
    try:
        with transaction.atomic():
            Credential.objects.filter(stale, pk=row.pk).update(last_used_at=now)
    except OperationalError:
        logger.warning("could not note the use of credential %s", row.key)
