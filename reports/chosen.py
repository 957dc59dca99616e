"""Which mandate a page of reports is within."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from people.mandates import mandates_of
from people.models import Mandate
from people.signed_in import signed_in


@dataclass(frozen=True)
class Chosen:
    """The mandate, and all that the reader could choose."""

    mandate: Mandate
    mandates: list[Mandate]

    @property
    def query(self) -> str:
        """What an address says of it: nothing where there is no choice."""
        return f"mandate={self.mandate.pk}" if len(self.mandates) > 1 else ""


def chosen(request: HttpRequest, wanted: str | None = None) -> Chosen:
    """Return the mandate that is wanted, by the address if nobody says, or the first one.

    Raises PermissionDenied: the reader has none today, or not this one.
    """
    mandates = mandates_of(user=signed_in(request), at=timezone.now())
    key = request.GET.get("mandate", "") if wanted is None else wanted
    for mandate in mandates:
        if not key or str(mandate.pk) == key:
            return Chosen(mandate, mandates)
    raise PermissionDenied
