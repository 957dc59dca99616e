"""A person's certificates, each with how it stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certificates.models import Certificate, Sheet
from certificates.models.register import EXPIRED, RENEWED, REPLACED, REVOKED, VALID
from certificates.renewals import refresher_due
from courses.refreshers import Refresher


@dataclass(frozen=True)
class Shelved:
    """A certificate of one's own.

    `successor` is the serial of what replaced it; `refresher` what renews it, if it is time.
    """

    sheet: Sheet
    certificate: Certificate
    status: str
    successor: str = ""
    refresher: Refresher | None = None

    @property
    def is_valid(self) -> bool:
        return self.status == VALID

    @property
    def is_expired(self) -> bool:
        return self.status == EXPIRED

    @property
    def is_revoked(self) -> bool:
        return self.status == REVOKED

    @property
    def is_replaced(self) -> bool:
        return self.status == REPLACED

    @property
    def is_renewed(self) -> bool:
        return self.status == RENEWED

    @property
    def stands(self) -> bool:
        return self.status in (VALID, EXPIRED)


def shelf_of(actor: UUID, *, today: date) -> list[Shelved]:
    """Return a person's certificates, those that stand first, the newest before. Two queries."""
    known = {one.key: one for one in Certificate.objects.known().filter(actor=actor)}
    sheets = Sheet.objects.filter(key__in=known).exclude(sha256="").order_by("-issued_at")
    shelf = [_shelved(sheet, known, today) for sheet in sheets]
    return sorted(shelf, key=lambda item: not item.stands)


def _shelved(sheet: Sheet, known: dict[UUID, Certificate], today: date) -> Shelved:
    certificate = known[sheet.key]
    following = known.get(certificate.replaced_by) if certificate.replaced_by else None
    return Shelved(
        sheet,
        certificate,
        certificate.status(today),
        successor=following.serial if following else "",
        refresher=refresher_due(certificate, today),
    )
