"""The register, asked by others."""

from collections.abc import Collection
from uuid import UUID

from certificates.models import Certificate, Sheet


def serials_of(registrations: Collection[UUID]) -> dict[UUID, str]:
    """Return the serials of the certificates that stand, by the registration of the enrolment.

    For a refresher that is the one that it has renewed.
    """
    renewals = Sheet.objects.filter(refresher_registration__in=registrations)
    renewed = dict(renewals.values_list("refresher_registration", "registration"))
    asked = {*registrations, *renewed.values()}
    found = Certificate.objects.standing().filter(registration__in=asked)
    serials = dict(found.values_list("registration", "serial"))
    named = {one: serials.get(renewed.get(one, one)) for one in registrations}
    return {one: serial for one, serial in named.items() if serial}
