"""What is still in use is not deleted from the CMS."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

_SHOWN = 5


def keep_what_is_used(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """Say what uses a snippet that somebody wants to delete, and lead back to the list."""
    for instance in instances:
        users = _users_of(instance)
        if users:
            words = _("Still in use, and therefore kept: “%(name)s”. It is used by: %(users)s.")
            named = ", ".join(f"“{one}”" for one in users[:_SHOWN])
            more = "…" if len(users) > _SHOWN else ""
            messages.error(request, words % {"name": instance, "users": named + more})
            viewset = type(instance).snippet_viewset  # type: ignore[attr-defined]
            return redirect(viewset.get_url_name("list"))
    return None


def _users_of(instance: Model) -> list[str]:
    """Return what the database would not let go without its instance."""
    collector = Collector(using=instance._state.db or "default")
    try:
        collector.collect([instance])
    except ProtectedError as error:
        return sorted(str(one) for one in error.protected_objects)
    except RestrictedError as error:
        return sorted(str(one) for one in error.restricted_objects)
    return []
