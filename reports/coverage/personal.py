"""What the lists say about a person: handed over on request, forgotten on request."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from people.models import User
from reports.models import ObligedPerson

_SAID = (
    "email",
    "personnel_number",
    "name",
    "institution",
    "profession",
    "function",
)


def collect(user: User, actor: UUID) -> list[dict[str, Any]]:
    """Return on which lists the person stands, and what they say.

    Anybody may have typed the number of a colleague, so a line found by the number says no more
    than that it is there.
    """
    confirmed = ObligedPerson.objects.filter(upload__confirmed_at__isnull=False).order_by("pk")
    own = confirmed.select_related("upload__obliged__mandate")
    address = user.email.lower()
    return [
        {
            "list": line.upload.obliged.name,
            "mandate": line.upload.obliged.mandate.name,
            "due on": line.upload.obliged.due_on,
            **({name: getattr(line, name) for name in _SAID} if line.email == address else {}),
        }
        for line in own.filter(_about(user))
    ]


def forget(user: User, actor: UUID) -> None:
    """Empty the lines about the person. That somebody was obliged stays: a number."""
    lines = ObligedPerson.objects.filter(_about(user))
    lines.update(**dict.fromkeys(_SAID, ""), is_erased=True)


def _about(user: User) -> Q:
    """Return the condition that a line is about somebody: their address, or else their number."""
    about = Q(email=user.email.lower())
    if not user.personnel_number or user.institution is None:
        return about
    others = User.objects.exclude(pk=user.pk).annotate(address=Lower("email")).values("address")
    number = Q(personnel_number=user.personnel_number, institution_key=user.institution.key)
    return about | (number & ~Q(email__in=others))
