"""Check a certificate by code or file: every field as issued, nothing about anybody else."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from certificates.models import Certificate, Decision, Sheet, code_digest
from certificates.models.register import VALID

LENGTH = 12
_LOOKALIKES = str.maketrans("OILU", "011V")
# Cyrillic letters that look like one of a code's, for whoever types with the other keyboard.
_CYRILLIC = str.maketrans("АВЕЗЅІЈКМНОРСТУХ", "ABE3S1JKMH0PCTYX")


@dataclass(frozen=True)
class Verdict:
    """A certificate that the log knows, and how it stands today.

    `fell` is when it was revoked, replaced or renewed; `reason` may be read by anybody; `successor`
    is the serial of what stands in its place today, if anything does.
    """

    sheet: Sheet
    certificate: Certificate
    status: str
    fell: datetime | None = None
    reason: str = ""
    successor: str = ""

    @property
    def is_valid(self) -> bool:
        return self.status == VALID


def verify(code: str) -> Verdict | None:
    """Return the certificate with this code, typed in any form; None if there is none."""
    return _verdict(Sheet.objects.filter(code_sha256=code_digest(normal(code))).first())


def verify_file(sha256: str) -> Verdict | None:
    """Return the certificate whose file has this fingerprint; None if no file of ours has it."""
    return _verdict(Sheet.objects.filter(sha256=sha256.lower()).first() if sha256 else None)


def verify_shared(token: str) -> Verdict | None:
    """Return the certificate that its holder shares under this token; None if nobody does."""
    return _verdict(Sheet.objects.filter(share_token=token).first() if token else None)


def _verdict(sheet: Sheet | None) -> Verdict | None:
    """What the log does not say did not happen.

    A sheet without `earned`, or one whose fingerprint differs from the one in the log, is none.
    """
    if sheet is None:
        return None
    known = Certificate.objects.known()
    certificate = known.filter(key=sheet.key, sha256=sheet.sha256).first()
    if certificate is None:
        return None
    status = certificate.status(timezone.localdate())
    if certificate.revoked_at is None and certificate.replaced_by is None:
        return Verdict(sheet, certificate, status)
    heirs = _heirs(certificate)
    decision = Decision.objects.filter(certificate=certificate.key).first()
    return Verdict(
        sheet,
        certificate,
        status,
        fell=certificate.revoked_at or (heirs[0].earned_at if heirs else None),
        reason=decision.get_reason_display() if decision else "",
        successor=heirs[-1].serial if heirs and not heirs[-1].revoked_at else "",
    )


def _heirs(certificate: Certificate) -> list[Certificate]:
    """Return what replaced a certificate, and what replaced that, to the last. One query."""
    known = Certificate.objects.known().filter(registration=certificate.registration)
    by_key = {one.key: one for one in known}
    heirs: list[Certificate] = []
    following = by_key.get(certificate.replaced_by) if certificate.replaced_by else None
    while following:
        heirs.append(following)
        following = by_key.get(following.replaced_by) if following.replaced_by else None
    return heirs


def as_data(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict for machines: the fields of the page, dates in ISO 8601."""
    sheet = verdict.sheet
    names = {"cyrillic": sheet.name_cyrillic, "latin": sheet.name_latin}
    return {
        "status": verdict.status,
        "serial": sheet.serial,
        "code": sheet.code,
        "name": names if any(names.values()) else None,
        "course": {"en": sheet.course_title_en, "sr": sheet.course_title_sr},
        "edition": sheet.edition,
        "class": sheet.certificate_class,
        "minutes": sheet.minutes,
        "lawAsOf": _iso(sheet.law_as_of),
        "completed": _iso(sheet.completed_on),
        "validUntil": _iso(sheet.valid_until),
        "renewed": _iso(sheet.renewed_on),
        "refresher": _refresher(sheet),
        "issuer": sheet.issuer,
        "issued": _iso(sheet.issued_at),
        "sha256": sheet.sha256,
        "revoked": _iso(verdict.certificate.revoked_at),
        "replacedBy": verdict.successor or None,
    }


def _refresher(sheet: Sheet) -> dict[str, Any] | None:
    if sheet.renewed_on is None:
        return None
    return {
        "title": {"en": sheet.refresher_title_en, "sr": sheet.refresher_title_sr},
        "edition": sheet.refresher_edition,
        "minutes": sheet.refresher_minutes,
    }


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def normal(code: str) -> str:
    """Return a code as it is stored, whatever spaces, case or lookalikes were typed."""
    letters = _characters(code).translate(_LOOKALIKES)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def typed_length(code: str) -> int:
    """Return how many letters and digits were typed."""
    return len(_characters(code))


def is_serial(code: str) -> bool:
    """Return whether a serial number was typed: PTK, a year, a number. It proves nothing."""
    typed = _characters(code)
    return typed.startswith("PTK") and typed[3:].isdigit() and len(typed) != LENGTH


def _characters(code: str) -> str:
    return "".join(c for c in code.upper() if c.isalnum()).translate(_CYRILLIC)
