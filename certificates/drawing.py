"""Draw a sheet: as data in three forms, as a file that carries them, and the seal over it all."""

import json
from dataclasses import dataclass
from datetime import datetime

from certificates.attached import Attached
from certificates.compact import compact
from certificates.credential.badge import credential_of
from certificates.credential.door import with_proof
from certificates.credential.jwt_form import as_jwt
from certificates.models import Sheet
from certificates.renderer import render_sheet
from certificates.sealing.door import seal


@dataclass(frozen=True)
class Paper:
    """A certificate three times: as a sealed file, as a VC-JWT, as JSON-LD with its proof."""

    pdf: bytes
    jwt: str
    badge: str


@dataclass(frozen=True)
class Data:
    """A certificate as data: a VC-JWT, JSON-LD with its proof, and the line of the QR code."""

    jwt: str
    badge: str
    line: str

    @property
    def attached(self) -> tuple[Attached, Attached]:
        """What travels inside the file."""
        return _token(self.jwt), _linked(self.badge)


def draw_sheet(sheet: Sheet, *, at: datetime) -> Paper:
    """Return a sheet as it will be stored.

    Raises RendererMissing, CannotSeal, NoKey, PrivateKeyMissing: the certificate waits.
    """
    data = data_of(sheet, at=at)
    pdf = render_sheet(sheet, data.attached, line=data.line)
    return Paper(seal(pdf, at=at), data.jwt, data.badge)


def data_of(sheet: Sheet, *, at: datetime) -> Data:
    """Return a sheet as data, signed in three forms. Raises NoKey, PrivateKeyMissing."""
    credential = credential_of(sheet)
    badge = json.dumps(with_proof(credential, at), ensure_ascii=False)
    return Data(as_jwt(credential, at), badge, compact(sheet))


def _token(jwt: str) -> Attached:
    return Attached(
        name="certificate.jwt",
        media_type="application/vc+jwt",
        content=jwt.encode(),
        description="The certificate as data, signed (Verifiable Credential, JWT)",
    )


def _linked(badge: str) -> Attached:
    return Attached(
        name="certificate.json",
        media_type="application/ld+json",
        content=badge.encode(),
        description="The certificate as data, signed (Open Badges 3.0, Data Integrity)",
    )
