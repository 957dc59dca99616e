"""Paper as a PDF: one fetcher that reads nothing but our own files, fonts parsed once.

PDF/A-3a and PDF/UA-1 at once. Apart from the moment that is given, nothing in a file depends on
when or where it is made.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlparse

import pydyf
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates.attached import Attached
from certificates.models import template_storage
from certificates.models.template import TEMPLATE_PICTURES
from certificates.pdf_identification import identify
from certificates.pdf_languages import name_languages
from certificates.renderer import LetterMissing

STATIC = "https://static.invalid/"  # never asked over a network: only the path counts
_VARIANT = "pdf/a-3a"

name_languages()


class OwnFilesOnly(URLFetcher):
    """Fetches fonts and pictures of the site and of templates; any other address is refused."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if not url.startswith(STATIC):
            raise ValueError(f"paper may not fetch {url}")
        name = unquote(urlparse(url).path).lstrip("/")
        if name.rpartition("/")[0] == TEMPLATE_PICTURES:
            with template_storage().open(name) as picture:
                return URLFetcherResponse(url, body=picture.read())
        found = finders.find(name)
        if not isinstance(found, str):
            raise FileNotFoundError(name)
        return URLFetcherResponse(url, body=Path(found).read_bytes())


@cache
def style_of(name: str) -> tuple[CSS, FontConfiguration, OwnFilesOnly]:
    """Return a style sheet among the static files, its fonts, and what fetches for it."""
    fonts, fetcher = FontConfiguration(), OwnFilesOnly()
    source = finders.find(name)
    if not isinstance(source, str):
        raise FileNotFoundError(name)
    css = CSS(
        string=Path(source).read_text(),
        base_url=f"{STATIC}{name}",
        font_config=fonts,
        url_fetcher=fetcher,
    )
    return css, fonts, fetcher


def print_pages(
    html: str, *, style: str, at: datetime, name: str, attached: Sequence[Attached] = ()
) -> bytes:
    """Return a page of HTML as a PDF of as many pages as it takes. Raises LetterMissing."""
    css, fonts, fetcher = style_of(style)
    page = HTML(string=html, base_url=STATIC, url_fetcher=fetcher)
    document = page.render(stylesheets=[css], font_config=fonts, pdf_variant=_VARIANT)
    return printed(document, at=at, name=name, attached=attached)


def printed(
    document: Document, *, at: datetime, name: str, attached: Sequence[Attached] = ()
) -> bytes:
    """Return the bytes of a document that was laid out, made at a moment. Raises LetterMissing.

    `name` says in the error which it was.
    """
    identify(document, at=at)
    document.metadata.attachments = [_attachment(one, at) for one in attached]
    pdf: bytes = document.write_pdf(pdf_variant=_VARIANT, finisher=_name_once)
    missing = {chr(letter) for font in document.fonts.values() for letter in font.missing}
    if missing:
        raise LetterMissing(f"{name}: no font has {' '.join(sorted(missing))}")
    return pdf


def _name_once(document: Document, pdf: pydyf.PDF) -> None:
    """WeasyPrint 70 names each file twice among those that belong to the document."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _attachment(attached: Attached, at: datetime) -> Attachment:
    moment = at.astimezone(UTC)
    attachment = Attachment(
        string=attached.content,
        name=attached.name,
        description=attached.description,
        relationship=attached.relationship,
        created=moment,
        modified=moment,
        url_fetcher=OwnFilesOnly(),
    )
    # WeasyPrint would guess the media type from the name.
    attachment.source = nullcontext((BytesIO(attached.content), None, None, attached.media_type))
    return attachment
