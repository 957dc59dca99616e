"""The opaque id under which a person appears in the log, and the way back while it exists."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from people.models import Actor, User


def actor_id(user: User) -> UUID:
    """Return the person's opaque id, made on first use; known already for a session's user."""
    known = getattr(user, "actor_key", None)
    if known:
        return UUID(str(known))
    if hasattr(user, "actor"):
        return user.actor.id
    actor, _ = Actor.objects.get_or_create(user=user)
    return actor.id


def people_of(actors: Iterable[UUID]) -> dict[UUID, User]:
    """Return the people behind opaque ids; the erased are missing. One query."""
    rows = Actor.objects.filter(id__in=set(actors)).select_related(
        "user__profession", "user__institution", "user__function"
    )
    return {row.id: row.user for row in rows}


def person_key(actor: UUID, audience: UUID) -> str:
    """Return a key for a person that is stable for one reader and different for every other.

    It is made with PERSON_KEYS_SECRET, or else SECRET_KEY; with another, everybody is a stranger.
    """
    secret = settings.PERSON_KEYS_SECRET or settings.SECRET_KEY
    digest = hmac.new(secret.encode(), audience.bytes + actor.bytes, hashlib.sha256)
    return digest.hexdigest()[:24]
