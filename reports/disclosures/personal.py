"""What is kept about a person here: handed over on request, and files thrown away on erasure."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from people.models import User
from reports.disclosures.received import disclosures_with, received
from reports.exports.filling import cancel, throw_away
from reports.models import Disclosure, Export

_TAKEN = (
    "at",
    "mandate_name",
    "kind",
    "language",
    "filters",
    "rows",
    "persons",
    "sha256",
    "identified",
    "purpose",
    "purpose_words",
    "outcome",
)


def collect(user: User, actor: UUID) -> dict[str, Any]:
    """Return who was given the person's data, and what the person was given of others."""
    return {
        "received by others": [vars(one) for one in received(actor)],
        "received by me": list(Disclosure.objects.filter(by=user).values(*_TAKEN)),
    }


def forget(user: User, actor: UUID) -> None:
    """Throw away kept files that name the person, and the person's own: by tasks.

    What is being made meanwhile begins anew (`reports.exports.filling`). That data were given
    stays written down: under a key that leads to nobody.
    """
    named = [one.pk for one in disclosures_with(actor) if one.identified]
    for export in Export.objects.filter(Q(pk__in=named) | Q(disclosure__by=user)):
        cancel(export)
        throw_away.enqueue(str(export.pk))
