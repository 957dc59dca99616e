"""Roles are groups with least rights. What each may do is attached in `config.roles`."""

from django.contrib.auth.models import Group

from people.models import User

TRAINER = "trainers"
REVIEWER = "reviewers"
REPORTING_OFFICER = "reporting officers"
ADMINISTRATOR = "administrators"
ROLES = (TRAINER, REVIEWER, REPORTING_OFFICER, ADMINISTRATOR)


def sync_groups() -> dict[str, Group]:
    """Make the groups of all roles; return them by name."""
    return {name: Group.objects.get_or_create(name=name)[0] for name in ROLES}


def needs_second_factor(user: User) -> bool:
    """Return whether this person's rights are worth a second factor: any role at all."""
    return user.is_superuser or user.is_staff or user.groups.filter(name__in=ROLES).exists()
