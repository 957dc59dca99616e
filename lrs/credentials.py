"""Credentials: made, given a new secret, taken back; a secret is shown once and kept as a hash."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy

from lrs.access import Scope, forget_verified, secret_hash
from lrs.models import Credential
from xapi.data import V2, Malformed, check_actor, check_iri
from xapi.mentions import agent_identifier

_KEY_BYTES, _SECRET_BYTES = 15, 32  # 20 and 43 characters
_LONGEST_NAME = Credential._meta.get_field("name").max_length or 0
_LONGEST_PREFIX = Credential._meta.get_field("activity_prefix").max_length or 0
# What launched content needs: it tells what happened, reads what it told, keeps its place, and
# finds the learner's preferences (cmi5 8, 10 and 11). It does not redefine activities.
_LAUNCHED = (Scope.WRITE, Scope.READ_MINE, Scope.STATE, Scope.PROFILE)


class State(TextChoices):
    """Whether a credential opens anything."""

    VALID = "valid", gettext_lazy("valid")
    EXPIRED = "expired", gettext_lazy("expired")
    REVOKED = "revoked", gettext_lazy("revoked")


class CredentialRefused(ValueError):
    """A credential that cannot be made or changed like this; the message says why."""


class NameMissing(CredentialRefused):
    """Nobody would know later whose credential it is."""


class UnknownScope(CredentialRefused):
    """A scope that xAPI does not have, or none at all."""


class NotAnAgent(CredentialRefused):
    """The agent bound is not one identified agent."""


class NotAnActivityPrefix(CredentialRefused):
    """The activity bound is not the beginning of an IRI."""


class CredentialRevoked(CredentialRefused):
    """A revoked credential stays so: there is no new secret for it."""


@dataclass(frozen=True)
class Issued:
    """A credential with its secret: the only moment at which the secret is known."""

    credential: Credential
    key: str
    secret: str = field(repr=False)

    @property
    def bearer(self) -> str:
        """The two as one token, for `Authorization: Bearer`."""
        return f"{self.key}.{self.secret}"


def create(
    *,
    name: str,
    scopes: Iterable[str],
    registration: UUID | None = None,
    agent: dict[str, Any] | None = None,
    activity_prefix: str = "",
    expires_at: datetime | None = None,
) -> Issued:
    """Make a credential; what it is bound to narrows all of its scopes.

    Raises CredentialRefused: NameMissing, UnknownScope, NotAnAgent, NotAnActivityPrefix.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    credential = Credential.objects.create(
        name=_checked_name(name),
        key=f"lrs_{secrets.token_urlsafe(_KEY_BYTES)}",
        secret_hash=secret_hash(secret),
        scopes=_checked_scopes(scopes),
        registration=registration,
        agent=checked_agent(agent),
        activity_prefix=checked_prefix(activity_prefix),
        expires_at=expires_at,
    )
    return Issued(credential, credential.key, secret)


def rotate(credential: Credential) -> Issued:
    """Give a credential a new secret; in this process the old one ends at once.

    Raises CredentialRevoked.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    rows = Credential.objects.filter(pk=credential.pk, revoked_at=None)
    if not rows.update(secret_hash=secret_hash(secret)):
        raise CredentialRevoked(f"the credential {credential.key} is revoked")
    credential.refresh_from_db()
    _forget()
    return Issued(credential, credential.key, secret)


def revoke(credential: Credential, *, at: datetime) -> None:
    """End a credential for good; revoking twice changes nothing."""
    Credential.objects.filter(pk=credential.pk, revoked_at=None).update(revoked_at=at)
    credential.refresh_from_db()
    _forget()


def state_of(credential: Credential, *, at: datetime) -> State:
    """Say whether a credential opens anything."""
    if credential.revoked_at:
        return State.REVOKED
    over = credential.expires_at is not None and credential.expires_at <= at
    return State.EXPIRED if over else State.VALID


def in_state(state: State, *, at: datetime) -> QuerySet[Credential]:
    """Return the credentials for which `state_of` says so."""
    over = Q(expires_at__lte=at)
    if state is State.REVOKED:
        return Credential.objects.exclude(revoked_at=None)
    alive = Credential.objects.filter(revoked_at=None)
    return alive.filter(over) if state is State.EXPIRED else alive.exclude(over)


def launch_token(
    *, registration: UUID, agent: dict[str, Any], activity_prefix: str, expires_at: datetime
) -> str:
    """Return a bearer token for content launched by one learner, in one registration.

    Raises CredentialRefused: NotAnAgent, NotAnActivityPrefix.
    """
    if not activity_prefix:
        raise NotAnActivityPrefix("launched content is bound to its activity")
    issued = create(
        name=f"launch {registration}",
        scopes=_LAUNCHED,
        registration=registration,
        agent=agent,
        activity_prefix=activity_prefix,
        expires_at=expires_at,
    )
    return issued.bearer


def checked_agent(agent: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return an agent to bind a credential to. Raises NotAnAgent."""
    if agent is None:
        return None
    try:
        check_actor(agent, V2)
    except Malformed as error:
        raise NotAnAgent(f"the agent is not one of xAPI: {error}") from error
    if agent_identifier(agent) is None:
        raise NotAnAgent("the agent has no identifier: mbox, mbox_sha1sum, openid or account")
    return agent


def checked_prefix(prefix: str) -> str:
    """Return the beginning of activities to bind a credential to. Raises NotAnActivityPrefix."""
    if not prefix:
        return ""
    try:
        check_iri(prefix, "activity_prefix")
    except Malformed as error:
        raise NotAnActivityPrefix(f"activities begin like an IRI: {error}") from error
    if len(prefix) > _LONGEST_PREFIX:
        raise NotAnActivityPrefix(f"give at most {_LONGEST_PREFIX} characters of the IRI")
    return prefix


def _forget() -> None:
    """Forget what was verified, and once more when others can see the change."""
    forget_verified()
    transaction.on_commit(forget_verified)


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise NameMissing(f"give the credential a name of at most {_LONGEST_NAME} characters")
    return name


def _checked_scopes(scopes: Iterable[str]) -> list[str]:
    wanted = set(scopes)
    unknown = sorted(wanted - set(Scope.values))
    if unknown or not wanted:
        what = f"there is no scope {unknown[0]!r}" if unknown else "name at least one scope"
        raise UnknownScope(f"{what}; scopes are {', '.join(Scope.values)}")
    return [scope for scope in Scope.values if scope in wanted]
