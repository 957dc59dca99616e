"""The register, asked by others."""

from collections.abc import Collection
from uuid import UUID

from certificates.models import Certificate


def serials_of(registrations: Collection[UUID]) -> dict[UUID, str]:
    """Return the serials of the certificates that stand, by the registration of the enrolment."""
    found = Certificate.objects.standing().filter(registration__in=registrations)
    return dict(found.values_list("registration", "serial"))
