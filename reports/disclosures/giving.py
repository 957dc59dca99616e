"""Write down that somebody is given a file, and who is in it: before it leaves."""

from datetime import datetime
from typing import Any

from django.db import transaction

from people.models import Mandate, User
from reports.disclosures.members import Members
from reports.mandated import audience_of
from reports.models import Disclosure, Included
from reports.scopes import covered_by


def given(*, by: User, mandate: Mandate, at: datetime, **about: Any) -> Disclosure:
    """Return, not saved yet, that somebody is given a file under what a mandate covers now."""
    return Disclosure(
        at=at,
        by=by,
        mandate=mandate,
        mandate_name=mandate.name,
        audience=audience_of(mandate),
        scope_id=covered_by(mandate).digest,
        **about,
    )


def keep_members(disclosure: Disclosure, members: Members) -> None:
    """Save the disclosure with all who are in the file, or none of it.

    They are counted, unless the file is of figures that say themselves how many persons they count.
    """
    with transaction.atomic():
        disclosure.save()
        Included.objects.filter(disclosure=disclosure).delete()
        counted = members.keep(disclosure)
        if disclosure.persons is None:
            disclosure.persons = counted
            disclosure.save(update_fields=["persons"])
