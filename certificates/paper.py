"""What stands on the sheet, as HTML: facts of the certificate in the words of its design."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from certificates.design import Design, Words
from certificates.models import Sheet
from certificates.placeholders import filled, values_of

# The address of a picture that is never fetched: it is drawn with the sheet.
QR = "qr"


@dataclass(frozen=True)
class Said:
    """The words of a design as they stand on one sheet; each line of a text is a paragraph.

    `modules` has the title and the minutes of each.
    """

    heading: Words
    did: Words
    title: Words
    text_en: list[str]
    text_sr: list[str]
    partner: Words
    modules: list[tuple[Words, int]]
    transcript: str
    module: str
    time: str
    together: str


def verification_url(sheet: Sheet) -> str:
    """Return the address behind the QR code; it needs no language and no account."""
    return f"{settings.SITE_URL}/verify/{sheet.code}"


def sheet_html(
    sheet: Sheet, design: Design, *, size: str = "", qr: str = QR, styled: str = ""
) -> str:
    """Return the sheet; `size` is a class of certificate.css, for smaller type.

    `qr` is the address of the picture, `styled` that of a style sheet if a browser shows it.
    """
    about = {
        "sheet": sheet,
        "design": design,
        "said": said_on(sheet, design),
        "size": size,
        "address": verification_url(sheet),
        "site": settings.SITE_URL,
        "qr": qr,
        "styled": styled,
        "sample": settings.CERTIFICATES_ARE_SAMPLES,
    }
    return render_to_string("certificates/sheet.html", about)


def said_on(sheet: Sheet, design: Design) -> Said:
    """Return the words of a design with the facts of a sheet filled in."""
    english, serbian = values_of(sheet, "en", design), values_of(sheet, "sr", design)

    def said(words: Words) -> Words:
        return Words(filled(words.en, english), filled(design.serbian(words.sr), serbian))

    text = said(design.text)
    return Said(
        heading=said(design.heading),
        did=said(design.did),
        title=Words(sheet.course_title_en, design.serbian(sheet.course_title_sr)),
        text_en=[line for line in text.en.splitlines() if line.strip()],
        text_sr=[line for line in text.sr.splitlines() if line.strip()],
        partner=said(design.partner),
        modules=[
            (Words(one["title"]["en"], design.serbian(one["title"]["sr"])), one["minutes"])
            for one in sheet.modules
        ],
        transcript=design.serbian("Преглед модула"),
        module=design.serbian("Модул"),
        time=design.serbian("Трајање"),
        together=design.serbian("Укупно"),
    )
