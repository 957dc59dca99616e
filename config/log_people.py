"""People and the record store, which do not know each other: who is who, and who is forgotten."""

from uuid import UUID

from django.utils import timezone

from lrs.forgetting import forget_person
from people.actors import actor_id
from people.models import User


def actor_with(address: str) -> UUID | None:
    """Return the opaque id of whoever signs in with an address; nobody else's is known here."""
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    return actor_id(user) if user else None


def forget_in_log(user: User, actor: UUID) -> None:
    """Destroy what the record store keeps of a person beside statements."""
    forget_person(actor=actor, address=user.email, at=timezone.now())
