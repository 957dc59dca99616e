"""Machine clients, their keys, and what a key opens."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from people.models import AccessToken, ClientKey, MachineClient

READ, NAMES = "completions:read", "names:read"
# `names:read` opens what has no person in it; `completions:read` that, and the rows.
SCOPES = (READ, NAMES)
ACCESS_LASTS = timedelta(hours=1)
# So that one can be tried while the other still serves; a third would be one that nobody knows.
MOST_AT_ONCE = 2
_PREFIX = {ClientKey.Kind.SECRET: "pts_", ClientKey.Kind.TOKEN: "ptk_"}
_ACCESS = "pta_"


class TooManyKeys(ValueError):
    """Two keys of this kind are valid already: revoke the one that is not in use."""


@dataclass(frozen=True)
class Issued:
    """A new key with its words: the only moment at which they are known."""

    key: ClientKey
    words: str = field(repr=False)


@dataclass(frozen=True)
class Grant:
    """What somebody may who showed a token: for which client, by which key, and what."""

    client: MachineClient
    key: ClientKey
    scopes: frozenset[str]


def issue_token(*, name: str, expires_at: datetime | None = None) -> tuple[MachineClient, str]:
    """Make a client with a long-lived token; return both. The token is never shown again."""
    client = MachineClient.objects.create(name=name)
    kind, at = ClientKey.Kind.TOKEN, timezone.now()
    return client, issue_key(client=client, kind=kind, at=at, expires_at=expires_at).words


def client_with_token(*, name: str, token: str) -> MachineClient:
    """Return the client of this name with this very token: for the demo, whose token is known."""
    client, _ = MachineClient.objects.get_or_create(name=name)
    _keep_known(client, ClientKey.Kind.TOKEN, token)
    return client


def give_secret(client: MachineClient, *, secret: str, client_id: UUID) -> None:
    """Let a client be known by this very id and secret: for the demo, where both are known."""
    MachineClient.objects.filter(pk=client.pk).update(key=client_id)
    _keep_known(client, ClientKey.Kind.SECRET, secret)


@transaction.atomic
def issue_key(
    *,
    client: MachineClient,
    kind: str,
    at: datetime,
    expires_at: datetime | None = None,
    old_until: datetime | None = None,
) -> Issued:
    """Give a client another key; those of its kind that are valid end at `old_until`, if given.

    Raises TooManyKeys.
    """
    MachineClient.objects.select_for_update().get(pk=client.pk)
    valid = valid_keys(at=at).filter(client=client, kind=kind)
    if valid.count() >= MOST_AT_ONCE:
        raise TooManyKeys(f"{client} has {MOST_AT_ONCE} valid keys of this kind already")
    if old_until:
        valid.filter(Q(expires_at=None) | Q(expires_at__gt=old_until)).update(expires_at=old_until)
    words = _PREFIX[ClientKey.Kind(kind)] + secrets.token_urlsafe(32)
    key = ClientKey.objects.create(
        client=client, kind=kind, sha256=_digest(words), made_at=at, expires_at=expires_at
    )
    return Issued(key, words)


def revoke_key(key: ClientKey, *, at: datetime) -> None:
    """End a key at once, and what was got for it; to do it twice changes nothing."""
    ClientKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at)
    AccessToken.objects.filter(key=key).delete()


def valid_keys(*, at: datetime) -> "QuerySet[ClientKey]":
    """Return the keys that open something."""
    lasting = Q(expires_at=None) | Q(expires_at__gt=at)
    return ClientKey.objects.filter(lasting, revoked_at=None, client__revoked_at=None)


def key_with_secret(*, client_id: str, secret: str, at: datetime) -> ClientKey | None:
    """Return the key of a client that says its id and one of its secrets."""
    kind = ClientKey.Kind.SECRET
    found = valid_keys(at=at).filter(kind=kind, sha256=_digest(secret)).select_related("client")
    key = found.first()
    if key is None or key.client.client_id != client_id:
        return None
    _note_use(key, at)
    return key


def issue_access(*, key: ClientKey, scopes: Iterable[str], at: datetime) -> str:
    """Return a token for some scopes that lasts an hour; what has run out is thrown away."""
    AccessToken.objects.filter(key__client=key.client_id, expires_at__lte=at).delete()
    words = _ACCESS + secrets.token_urlsafe(32)
    AccessToken.objects.create(
        key=key, sha256=_digest(words), scopes=list(scopes), expires_at=at + ACCESS_LASTS
    )
    return words


def grant_of(token: str, *, at: datetime) -> Grant | None:
    """Return what a token opens: an access token, or a long-lived one, which opens everything."""
    valid, digest = valid_keys(at=at).select_related("client"), _digest(token)
    if token.startswith(_ACCESS):
        access = AccessToken.objects.filter(
            sha256=digest, expires_at__gt=at, key__in=valid.order_by().values("pk")
        )
        found = access.select_related("key__client").first()
        return Grant(found.key.client, found.key, frozenset(found.scopes)) if found else None
    key = valid.filter(kind=ClientKey.Kind.TOKEN, sha256=digest).first()
    if key is None:
        return None
    _note_use(key, at)
    return Grant(key.client, key, frozenset(SCOPES))


def client_of(token: str, *, at: datetime) -> MachineClient | None:
    """Return the client with this token, unless it was revoked or has expired."""
    grant = grant_of(token, at=at)
    return grant.client if grant else None


def _keep_known(client: MachineClient, kind: ClientKey.Kind, words: str) -> None:
    about = {"client": client, "kind": kind, "made_at": timezone.now()}
    ClientKey.objects.get_or_create(sha256=_digest(words), defaults=about)


def _note_use(key: ClientKey, at: datetime) -> None:
    """Keep the day of the last use: one write a day, not one a question."""
    today = timezone.localdate(at)
    if key.last_used_on != today:
        ClientKey.objects.filter(pk=key.pk).update(last_used_on=today)


def _digest(token: str) -> str:
    # Words of 256 random bits need no slow hash: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
