"""The sheet as a PDF: one fetcher that reads nothing but our own files, fonts parsed once.

PDF/A-3a and PDF/UA-1 at once. Apart from the moment of issue, which is the sheet's own, nothing in
the file depends on when or where it is drawn.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pydyf
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates.attached import Attached
from certificates.models import Sheet
from certificates.paper import QR, sheet_html, verification_url
from certificates.pdf_identification import identify
from certificates.pdf_languages import name_languages
from certificates.qr_picture import QrPicture

_STATIC = "https://static.invalid/"  # never asked over a network: only the path counts
_SIZES = ("", "snug", "tight")
_PICTURES: dict[str, Any] = {}  # of the site, parsed once; a sheet has none of its own in here

name_languages()


class LetterMissing(Exception):
    """A name has a letter that no font on this machine has."""


class SheetRunsOver(Exception):
    """What stands on the sheet does not fit on it, even in small type."""


class StaticFilesOnly(URLFetcher):
    """Fetches fonts and pictures of the site; any other address is refused."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if not url.startswith(_STATIC):
            raise ValueError(f"a certificate may not fetch {url}")
        name = unquote(urlparse(url).path).lstrip("/")
        found = finders.find(name)
        if not isinstance(found, str):
            raise FileNotFoundError(name)
        return URLFetcherResponse(url, body=Path(found).read_bytes())


@cache
def _style() -> tuple[CSS, FontConfiguration, StaticFilesOnly]:
    fonts, fetcher = FontConfiguration(), StaticFilesOnly()
    source = finders.find("css/certificate.css")
    if not isinstance(source, str):
        raise FileNotFoundError("css/certificate.css")
    css = CSS(
        string=Path(source).read_text(),
        base_url=f"{_STATIC}css/certificate.css",
        font_config=fonts,
        url_fetcher=fetcher,
    )
    return css, fonts, fetcher


def render_sheet(sheet: Sheet, attached: Sequence[Attached] = (), *, line: str = "") -> bytes:
    """Return the PDF of a sheet: PDF/A-3a and PDF/UA-1, with files inside, the line in its QR code.

    Raises SheetRunsOver or LetterMissing for what cannot be put on paper.
    """
    return write(lay_out(sheet, line=line), sheet, attached)


def lay_out(sheet: Sheet, *, line: str = "") -> Document:
    """Return a sheet as it lies on paper, in smaller type if it must be. Raises SheetRunsOver."""
    for size in _SIZES:
        document = _laid_out(sheet, size, line)
        if not _runs_over(document):
            return document
    raise SheetRunsOver(sheet.serial)


def write(document: Document, sheet: Sheet, attached: Sequence[Attached] = ()) -> bytes:
    """Return the bytes of a sheet that was laid out. Raises LetterMissing."""
    identify(document, at=sheet.issued_at)
    document.metadata.attachments = [_attachment(one, sheet) for one in attached]
    pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3a", finisher=_name_once)
    missing = {chr(letter) for font in document.fonts.values() for letter in font.missing}
    if missing:
        raise LetterMissing(f"{sheet.serial}: no font has {' '.join(sorted(missing))}")
    return pdf


def _laid_out(sheet: Sheet, size: str, line: str) -> Document:
    css, fonts, fetcher = _style()
    pictures = _PICTURES | {f"{_STATIC}{QR}": QrPicture(verification_url(sheet), line)}
    page = HTML(string=sheet_html(sheet, size=size), base_url=_STATIC, url_fetcher=fetcher)
    document = page.render(
        stylesheets=[css], font_config=fonts, cache=pictures, pdf_variant="pdf/a-3a"
    )
    del pictures[f"{_STATIC}{QR}"]
    _PICTURES.update(pictures)
    return document


def _runs_over(document: Document) -> bool:
    """Say whether the sheet is more than one page, or its words run into its foot or off it."""
    boxes = list(document.pages[0]._page_box.descendants(placeholders=True))
    main, *foot = (_named(boxes, name) for name in ("main", "foot", "left", "right"))
    if len(document.pages) > 1 or main is None or None in foot:
        return True
    end: float = main.position_y + main.margin_height()
    return any(end > box.position_y for box in foot)


def _named(boxes: list[Any], name: str) -> Any:
    found = (b for b in boxes if b.element is not None and b.element.get("class") == name)
    return next(found, None)


def _name_once(document: Document, pdf: pydyf.PDF) -> None:
    """WeasyPrint 70 names each file twice among those that belong to the document."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _attachment(attached: Attached, sheet: Sheet) -> Attachment:
    moment = sheet.issued_at.astimezone(UTC)
    attachment = Attachment(
        string=attached.content,
        name=attached.name,
        description=attached.description,
        relationship=attached.relationship,
        created=moment,
        modified=moment,
        url_fetcher=_style()[2],
    )
    # WeasyPrint would guess the media type from the name.
    attachment.source = nullcontext((BytesIO(attached.content), None, None, attached.media_type))
    return attachment
