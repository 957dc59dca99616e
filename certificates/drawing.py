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


def draw_sheet(sheet: Sheet, *, at: datetime) -> Paper:
    """Return a sheet as it will be stored.

    Raises RendererMissing, CannotSeal, NoKey, PrivateKeyMissing: the certificate waits.
    """
    credential = credential_of(sheet)
    jwt = as_jwt(credential, at)
    badge = json.dumps(with_proof(credential, at), ensure_ascii=False)
    pdf = render_sheet(sheet, (_token(jwt), _linked(badge)), line=compact(sheet))
    return Paper(seal(pdf, at=at), jwt, badge)


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
