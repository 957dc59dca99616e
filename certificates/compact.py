"""What the QR code carries: the certificate in one short signed line, for a check offline.

    1.PAYLOAD.SIGNATURE

PAYLOAD and SIGNATURE are base64url without padding. The payload is UTF-8, its fields apart by a
line feed: the key, then those of `carried`. Signed are the bytes of `1.PAYLOAD`, as ES256 (64
bytes, r then s); they can never be those of a token, which begin with `ey`. docs/certificates.md
says each field in full; static/js/signed-line.js reads the same in a browser. Source of the
signature: RFC 7518, 3.4.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import (
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from django.utils import timezone
from jwt.algorithms import ECAlgorithm

from certificates.credential.refusals import Altered, KeyRetired, NotOurs, NotUnderstood
from certificates.keys import Keys, PrivateKeyMissing, key_in_use
from certificates.keys.forms import base64url, from_base64url, public_key
from certificates.keys.private import private_key
from certificates.models import ACHIEVEMENT, ATTENDANCE, Sheet, SigningKey
from certificates.verification import normal
from serbian import to_latin

VERSION = "1"
LONGEST = 2000
COURSE_LENGTH = 8
_ES256 = ECAlgorithm(ECAlgorithm.SHA256)
_EPOCH = date(2000, 1, 1)
_CLASSES = {ACHIEVEMENT: "a", ATTENDANCE: "t"}
_FIELDS = 11
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODE = re.compile("[0-9A-HJKMNP-TV-Z]{12}")
# The largest that a row holds, and a day that is not after the year 6598.
_NUMBER, _DAY = re.compile("[0-9a-z]{1,6}"), re.compile("[0-9a-z]{1,4}")


@dataclass(frozen=True)
class Compact:
    """What a QR code says. `course` is how the key of the course begins."""

    kid: str
    code: str
    serial: str
    name_cyrillic: str
    name_latin: str
    course: str
    minutes: int
    certificate_class: str
    completed_on: date
    issued_on: date
    valid_until: date | None


def compact(sheet: Sheet) -> str:
    """Return a sheet as one signed line, by the key in use. Raises NoKey, PrivateKeyMissing."""
    key = key_in_use(SigningKey.Purpose.CREDENTIAL)
    private = private_key(key.kid)
    if not isinstance(private, EllipticCurvePrivateKey):
        raise PrivateKeyMissing(f"{key} is not a key of P-256.")
    signed = f"{VERSION}.{base64url(_payload(sheet, key.kid).encode())}"
    return f"{signed}.{base64url(_ES256.sign(signed.encode(), private))}"


def read_compact(text: str, keys: Keys) -> Compact:
    """Return what a line says that one of the keys has signed. Raises CredentialRefused."""
    fields, signed, signature = _parts(text)
    key = keys.get(fields[0])
    if key is None or key.purpose != SigningKey.Purpose.CREDENTIAL:
        raise NotOurs("It names a key that is not ours.")
    public = public_key(key.public_jwk)
    if not isinstance(public, EllipticCurvePublicKey):
        raise NotOurs("It names a key of another kind.")
    if not _ES256.verify(signed, public, signature):
        raise Altered("Its signature is not of what it says.")
    read = _read(fields)
    if key.retired_at and read.issued_on > timezone.localdate(key.retired_at):
        raise KeyRetired("It says that it was signed after its key was retired.")
    return read


def carried(sheet: Sheet) -> dict[str, str]:
    """Return what the line of a sheet says, by field and as written there; the key is not in it."""
    latin = "" if to_latin(sheet.name_cyrillic) == sheet.name_latin else sheet.name_latin
    return {
        "code": sheet.code.replace("-", ""),
        "serial": sheet.serial,
        "cyrillic": sheet.name_cyrillic,
        "latin": latin,
        "course": course_prefix(sheet.course_key) if sheet.course_key else "",
        "minutes": _number(sheet.minutes),
        "class": _CLASSES[sheet.certificate_class],
        "completed": _days(sheet.completed_on),
        "issued": _days(timezone.localdate(sheet.issued_at)),
        "until": _days(sheet.valid_until) if sheet.valid_until else "",
    }


def course_prefix(course: UUID) -> str:
    """Return how the key of a course begins: what a line says of it."""
    return course.hex[:COURSE_LENGTH]


def _payload(sheet: Sheet, kid: str) -> str:
    fields = (kid, *carried(sheet).values())
    if any("\n" in field for field in fields):
        raise ValueError(f"{sheet} has a line feed in one of its fields")
    return "\n".join(fields)


def _parts(text: str) -> tuple[list[str], bytes, bytes]:
    """Return the fields, what is signed, and the signature."""
    if not isinstance(text, str) or len(text) > LONGEST:
        raise NotUnderstood("It is longer than any QR code of ours.")
    signed, _, signature = text.rpartition(".")
    version, _, payload = signed.partition(".")
    try:
        fields = from_base64url(payload).decode().split("\n")
        raw = from_base64url(signature)
    except ValueError as error:
        raise NotUnderstood("It is not what our QR codes carry.") from error
    if version != VERSION or len(fields) != _FIELDS:
        raise NotUnderstood("It is not what our QR codes carry.")
    return fields, signed.encode(), raw


def _read(fields: list[str]) -> Compact:
    kid, code, serial, cyrillic, latin, course, minutes, kind, completed, issued, until = fields
    classes = {letter: name for name, letter in _CLASSES.items()}
    try:
        return Compact(
            kid=kid,
            code=normal(_matching(_CODE, code)),
            serial=serial,
            name_cyrillic=cyrillic,
            name_latin=latin or to_latin(cyrillic),
            course=course,
            minutes=int(_matching(_NUMBER, minutes), 36),
            certificate_class=classes[kind],
            completed_on=_date(completed),
            issued_on=_date(issued),
            valid_until=_date(until) if until else None,
        )
    except (ValueError, KeyError) as error:
        raise NotUnderstood("A field of it cannot be read.") from error


def _days(day: date) -> str:
    return _number((day - _EPOCH).days)


def _date(text: str) -> date:
    return _EPOCH + timedelta(days=int(_matching(_DAY, text), 36))


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError("not as we write it")
    return text


def _number(number: int) -> str:
    """Return a whole number in base 36, which every browser reads (`parseInt(text, 36)`)."""
    if number < 0:
        raise ValueError("nothing in a certificate is below zero or before 2000")
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
