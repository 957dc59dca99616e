"""Erase a person: the map and the personal fields go, the statistics stay.

Every floor registers what it must forget. Law: Act on Personal Data Protection, right to erasure.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from wagtail.users.models import UserProfile

from people.actors import actor_id
from people.models import Actor, Erasure, User

Eraser = Callable[[User, UUID], None]
_erasers: dict[str, Eraser] = {}


def register(name: str, eraser: Eraser) -> None:
    """Make an eraser known; called once from `AppConfig.ready()`."""
    _erasers[name] = eraser


def erase(*, user: User, own_wish: bool, at: datetime) -> None:
    """Forget a person. What was done stays in the log under an id that leads to nobody."""
    with transaction.atomic():
        actor = actor_id(user)
        for eraser in _erasers.values():
            eraser(user, actor)
        Actor.objects.filter(user=user).delete()
        _close_account(user)
        Erasure.objects.create(erased_at=at, own_wish=own_wish)
        _anonymise(user)


def _close_account(user: User) -> None:
    """Remove what signing in has left: addresses, second factors, devices, CMS preferences."""
    for model in (EmailAddress, Authenticator, UserSession, UserProfile):
        model.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()


def _anonymise(user: User) -> None:
    user.email = f"erased-{uuid.uuid4()}@invalid.example"
    user.name_cyrillic = user.name_latin = user.municipality = user.personnel_number = ""
    user.profession = user.institution = user.function = None
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
