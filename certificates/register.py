"""The register, asked by others."""

from collections.abc import Collection
from uuid import UUID

from certificates.models import Certificate


def serials_of(registrations: Collection[UUID]) -> dict[UUID, str]:
    """Return the serials of the certificates of enrolments, by registration."""
    found = Certificate.objects.filter(registration__in=registrations)
    return dict(found.values_list("registration", "serial"))
