"""Where a certificate as data says to look whether it still stands, and what is there.

Each certificate has a list of its own, of none or one: nobody learns about anybody else's.
Source: 1EdTech Revocation List Status Method 1.0.
"""

from typing import Any

from django.conf import settings

from certificates.keys import issuer_did
from certificates.models import Sheet
from certificates.models.register import RENEWED, REPLACED, REVOKED

STATUS_TYPE = "1EdTechRevocationList"
# What ends a certificate; that one has expired stands in it.
_REASONS = {
    REVOKED: "revoked",
    REPLACED: "replaced by a corrected certificate",
    RENEWED: "renewed: another certificate stands in its place",
}


def credential_id(sheet: Sheet) -> str:
    """Return the id of a sheet as data."""
    return f"urn:uuid:{sheet.key}"


def status_address(sheet: Sheet) -> str:
    """Return where the status of a sheet is told; only who has the certificate knows it."""
    return f"{settings.SITE_URL}/verify/{sheet.code}/status.json"


def revocation_list(sheet: Sheet, status: str) -> dict[str, Any]:
    """Return the list of one certificate: empty while it stands."""
    reason = _REASONS.get(status)
    entry = {"id": credential_id(sheet), "revoked": True, "revocationReason": reason}
    return {
        "id": status_address(sheet),
        "issuer": issuer_did(),
        "revokedCredential": [entry] if reason else [],
    }
