"""Check a certificate by its code: every field as issued, nothing about anybody else."""

from dataclasses import dataclass

from certificates.models import Certificate, Sheet

LENGTH = 12
_LOOKALIKES = str.maketrans("OILU", "011V")
# Cyrillic letters that look like one of a code's, for whoever types with the other keyboard.
_CYRILLIC = str.maketrans("АВЕЗЅІЈКМНОРСТУХ", "ABE3S1JKMH0PCTYX")


@dataclass(frozen=True)
class Verdict:
    """A certificate that the log knows."""

    sheet: Sheet
    certificate: Certificate


def verify(code: str) -> Verdict | None:
    """Return the certificate with this code, typed in any form; None if there is none.

    What the log does not say did not happen: a sheet without `earned`, or one whose fingerprint
    differs from the one in the log, is not valid.
    """
    sheet = Sheet.objects.filter(code=normal(code)).first()
    if sheet is None:
        return None
    certificate = Certificate.objects.filter(key=sheet.key, sha256=sheet.sha256).first()
    return Verdict(sheet, certificate) if certificate else None


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
