"""Machine clients and their tokens."""

import hashlib
import secrets
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from people.models import MachineClient


def issue_token(*, name: str, expires_at: datetime | None = None) -> tuple[MachineClient, str]:
    """Make a client; return it with its token, which is never shown again."""
    token = f"ptk_{secrets.token_urlsafe(32)}"
    client = MachineClient.objects.create(
        name=name, token_sha256=_digest(token), expires_at=expires_at
    )
    return client, token


def client_with_token(*, name: str, token: str) -> MachineClient:
    """Return the client of this name with this very token: for the demo, whose token is known."""
    client, _ = MachineClient.objects.get_or_create(
        name=name, defaults={"token_sha256": _digest(token)}
    )
    return client


def client_of(token: str, *, at: datetime) -> MachineClient | None:
    """Return the client with this token, unless it was revoked or has expired."""
    valid = Q(expires_at=None) | Q(expires_at__gt=at)
    client = MachineClient.objects.filter(
        valid, token_sha256=_digest(token), revoked_at=None
    ).first()
    today = timezone.localdate(at)
    if client and client.last_used_on != today:
        MachineClient.objects.filter(pk=client.pk).update(last_used_on=today)
    return client


def _digest(token: str) -> str:
    # A token of 256 random bits needs no slow hash: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
