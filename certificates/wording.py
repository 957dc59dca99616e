"""The words of a sheet and how it lies: all of a layout that is not a fact of the certificate."""

from dataclasses import dataclass

from certificates.models import ACHIEVEMENT, ATTENDANCE, Sheet

LANDSCAPE = "landscape"
PORTRAIT = "portrait"


@dataclass(frozen=True)
class Words:
    """The same in both languages; Serbian in Cyrillic."""

    en: str
    sr: str


@dataclass(frozen=True)
class Wording:
    """What one kind of certificate says; `proof` is what the course asked for at its end."""

    heading: Words
    did: Words
    proof: Words | None = None
    orientation: str = LANDSCAPE


_WORDINGS = {
    ACHIEVEMENT: Wording(
        heading=Words("Certificate of achievement", "Сертификат о успешно завршеном курсу"),
        did=Words("completed the course", "успешно завршен курс"),
        proof=Words("final test passed", "положен завршни тест"),
    ),
    ATTENDANCE: Wording(
        heading=Words("Certificate of attendance", "Сертификат о похађању курса"),
        did=Words("attended the course", "за похађање курса"),
    ),
}


def wording_of(sheet: Sheet) -> Wording:
    """Return the words for the class of a certificate."""
    return _WORDINGS[sheet.certificate_class]
