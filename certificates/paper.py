"""What stands on the sheet, as HTML: facts of the certificate in the words of its class."""

from io import BytesIO

import segno
from django.conf import settings
from django.template.loader import render_to_string

from certificates.models import Sheet
from certificates.wording import wording_of


def verification_url(sheet: Sheet) -> str:
    """Return the address behind the QR code; it needs no language and no account."""
    return f"{settings.SITE_URL}/verify/{sheet.code}"


def sheet_html(sheet: Sheet, *, size: str = "") -> str:
    """Return the sheet; `size` is a class of certificate.css, for smaller type."""
    address = verification_url(sheet)
    about = {
        "sheet": sheet,
        "wording": wording_of(sheet),
        "size": size,
        "address": address,
        "site": settings.SITE_URL,
        "qr": _qr(address),
        "sample": settings.CERTIFICATES_ARE_SAMPLES,
    }
    return render_to_string("certificates/sheet.html", about)


def _qr(address: str) -> str:
    picture = BytesIO()
    segno.make(address, error="m").save(
        picture,
        kind="svg",
        border=0,
        xmldecl=False,
        svgns=True,
        dark="#14213D",
        svgclass=None,
        title=f"QR code that leads to {address}",
    )
    return picture.getvalue().decode()
