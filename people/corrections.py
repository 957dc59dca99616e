"""Somebody is called otherwise than before, or belongs elsewhere: whoever shows that is told."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from people.actors import actor_id
from people.models import User

Teller = Callable[[UUID], None]
_tellers: dict[str, Teller] = {}


def register(name: str, teller: Teller) -> None:
    """Make known who is told, by the opaque id; called once from `AppConfig.ready()`."""
    _tellers[name] = teller


def tell(user: User) -> None:
    """Tell everybody, in the transaction that makes it so."""
    actor = actor_id(user)
    for teller in _tellers.values():
        teller(actor)


def address_changed(sender: Any, user: User, **said: Any) -> None:
    """Tell of another e-mail address, of which allauth alone knows when it counts."""
    tell(user)
