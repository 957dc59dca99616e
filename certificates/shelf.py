"""A person's certificates, each with how it stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certificates.models import Certificate, Sheet
from certificates.models.register import EXPIRED, REPLACED, REVOKED, VALID


@dataclass(frozen=True)
class Shelved:
    """A certificate of one's own."""

    sheet: Sheet
    certificate: Certificate
    status: str

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


def shelf_of(actor: UUID, *, today: date) -> list[Shelved]:
    """Return a person's certificates, those that stand first, the newest before. Two queries."""
    known = {one.key: one for one in Certificate.objects.known().filter(actor=actor)}
    sheets = Sheet.objects.filter(key__in=known).exclude(sha256="").order_by("-issued_at")
    shelf = [Shelved(s, known[s.key], known[s.key].status(today)) for s in sheets]
    return sorted(shelf, key=lambda item: item.is_revoked or item.is_replaced)
