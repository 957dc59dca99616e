"""Who is asking, and whether a role is worth a second factor: one query per request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from people.models import Mandate, User
from people.roles import ROLES


class AccountBackend(AuthenticationBackend):
    """allauth's sign-in; the session's user comes with what every page asks about."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the active person with this id, with role and mandate known, or None."""
        groups = User.groups.through.objects.filter(user=OuterRef("pk"), group__name__in=ROLES)
        mandates = Mandate.objects.filter(holder=OuterRef("pk"))
        user = (
            User.objects.select_related("profession", "actor")
            .annotate(
                with_role=Exists(groups) | Exists(mandates),
                reads_reports=Exists(mandates),
            )
            .filter(pk=user_id)
            .first()
        )
        return user if user and self.user_can_authenticate(user) else None
