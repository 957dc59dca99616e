"""Everything the site keeps about a person, as data that the person can take along."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from people.actors import actor_id
from people.models import User

Collector = Callable[[User, UUID], Any]
_collectors: dict[str, Collector] = {}


def register(name: str, collector: Collector) -> None:
    """Make a part known; called once from `AppConfig.ready()`."""
    _collectors[name] = collector


def collect_all(user: User) -> dict[str, Any]:
    """Return all parts, ready for JSON."""
    actor = actor_id(user)
    return {"account": _account(user)} | {
        name: collector(user, actor) for name, collector in _collectors.items()
    }


def _account(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name in Cyrillic": user.name_cyrillic,
        "name in Latin": user.name_latin,
        "profession": user.profession.key if user.profession else None,
        "institution": user.institution.name_sr if user.institution else None,
        "function": user.function.key if user.function else None,
        "municipality": user.municipality,
        "personnel number": user.personnel_number,
        "language": user.language,
        "joined": user.date_joined,
        "privacy notice accepted": user.privacy_accepted_at,
        "id in the log": str(actor_id(user)),
    }
