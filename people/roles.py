"""Roles are groups with least rights. What each may do is attached in `config.roles`."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.models.user import ROLES

TRAINER, REVIEWER, REPORTING_OFFICER, ADMINISTRATOR, DATA_PROTECTION_OFFICER = ROLES


_WORDS = {
    TRAINER: _("trainer"),
    REVIEWER: _("reviewer"),
    REPORTING_OFFICER: _("reporting officer"),
    ADMINISTRATOR: _("administrator"),
    DATA_PROTECTION_OFFICER: _("data protection officer"),
}


def role_words(name: str) -> str:
    """Return a role as people are told of it, in the active language."""
    return str(_WORDS.get(name, name))


def sync_groups() -> dict[str, Group]:
    """Make the groups of all roles; return them by name."""
    return {name: Group.objects.get_or_create(name=name)[0] for name in ROLES}


def needs_second_factor(user: User) -> bool:
    """Return whether this person's rights are worth a second factor: any role at all."""
    return user.has_role
