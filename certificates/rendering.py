"""The sheet as a PDF: one fetcher that reads nothing but our own files, fonts parsed once."""

from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlparse

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates.models import Sheet

_STATIC = "https://static.invalid/"  # never asked over a network: only the path counts


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


def verification_url(sheet: Sheet) -> str:
    """Return the address behind the QR code; it needs no language and no account."""
    return f"{settings.SITE_URL}/verify/{sheet.code}"


def render_sheet(sheet: Sheet) -> bytes:
    """Return the PDF of a sheet: tagged, with its language, fonts embedded."""
    css, fonts, fetcher = _style()
    html = render_to_string(
        "certificates/sheet.html",
        {"sheet": sheet, "qr": _qr(verification_url(sheet)), "site_url": settings.SITE_URL},
    )
    document = HTML(string=html, base_url=_STATIC, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[css], font_config=fonts, pdf_tags=True)
    return pdf


def _qr(address: str) -> str:
    picture = BytesIO()
    segno.make(address, error="m").save(
        picture, kind="svg", border=0, xmldecl=False, svgns=True, dark="#14213D", svgclass=None
    )
    return picture.getvalue().decode()
