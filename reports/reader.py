"""Who reads a report by which mandate."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from people.mandates import mandates_of
from people.models import Mandate
from people.signed_in import signed_in


def mandate_in(request: HttpRequest) -> Mandate:
    """Return the mandate that the address names, or the only one. Raises PermissionDenied."""
    mandates = mandates_of(user=signed_in(request), at=timezone.now())
    wanted = request.GET.get("mandate", "")
    chosen = [mandate for mandate in mandates if not wanted or str(mandate.pk) == wanted]
    if not chosen:
        raise PermissionDenied
    return chosen[0]
