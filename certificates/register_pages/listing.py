"""Which certificates a list shows, and what stands in each line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from certificates.models import Certificate, Sheet
from certificates.models.register import EXPIRED, RENEWED, REPLACED, REVOKED, VALID
from certificates.verification import LENGTH, normal, typed_length
from serbian import fold

ENDING = "ending"


@dataclass(frozen=True)
class Line:
    """A certificate in the list; `successor` is what replaced it."""

    certificate: Certificate
    sheet: Sheet | None
    status: str
    successor: Certificate | None


def found(words: str, *, status: str, today: date) -> QuerySet[Certificate]:
    """Return certificates by serial, code or a part of the name, and by status; newest first.

    Names are found with and without accents.
    """
    chosen = _of_status(status, today)
    if words.strip():
        sheets = Sheet.objects.filter(_said(words.strip()))
        chosen = chosen.filter(key__in=sheets.values("key"))
    return chosen.order_by("-earned_at", "key")


def lines_of(certificates: Sequence[Certificate], *, today: date) -> list[Line]:
    """Return the lines of a page. Two queries."""
    sheets = Sheet.objects.in_bulk([one.key for one in certificates])
    successors = Certificate.objects.known().in_bulk(
        [one.replaced_by for one in certificates if one.replaced_by]
    )
    return [
        Line(one, sheets.get(one.key), one.status(today), successors.get(one.replaced_by))
        for one in certificates
    ]


def _said(words: str) -> Q:
    is_code = typed_length(words) == LENGTH
    return (
        Q(serial__icontains=words)
        | Q(code=normal(words) if is_code else "")
        | Q(name_folded__contains=fold(words))
    )


def _of_status(status: str, today: date) -> QuerySet[Certificate]:
    known = Certificate.objects.known()
    standing = Certificate.objects.standing()
    over = Q(valid_until__lt=today)
    return {
        REVOKED: known.exclude(revoked_at=None),
        REPLACED: known.filter(revoked_at=None, is_renewed=False).exclude(replaced_by=None),
        RENEWED: known.filter(revoked_at=None, is_renewed=True),
        EXPIRED: standing.filter(over),
        ENDING: Certificate.objects.ending(today),
        VALID: standing.exclude(over),
    }.get(status, known)
