"""Who is asking, and whether a role is worth a second factor: one query per request."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, F, OuterRef

from people.models import Mandate, User
from people.roles import ROLES


class AccountBackend(AuthenticationBackend):
    """allauth's sign-in; the session's user comes with what every page asks about."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the active person with this id, with role, mandate and actor known, or None."""
        sql, params = _sql()
        user = next(iter(User.objects.raw(sql, [*params, user_id])), None)
        return user if user and self.user_can_authenticate(user) else None


@cache
def _sql() -> tuple[str, tuple[Any, ...]]:
    """Return the query with its id as the last parameter.

    Every request of every person asks it, and the ORM takes ten times as long to build it as the
    database to answer: so it is built once.
    """
    groups = User.groups.through.objects.filter(user=OuterRef("pk"), group__name__in=ROLES)
    mandates = Mandate.objects.filter(holder=OuterRef("pk"))
    people = User.objects.annotate(
        with_role=Exists(groups) | Exists(mandates),
        reads_reports=Exists(mandates),
        actor_key=F("actor__id"),
    )
    sql, params = people.filter(pk=0).query.sql_with_params()
    return sql, params[:-1]
