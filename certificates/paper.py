"""What stands on the sheet, as HTML: facts of the certificate in the words of its class."""

from django.conf import settings
from django.template.loader import render_to_string

from certificates.models import Sheet
from certificates.wording import wording_of

# The address of a picture that is never fetched: it is drawn with the sheet.
QR = "qr"


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
        "qr": QR,
        "sample": settings.CERTIFICATES_ARE_SAMPLES,
    }
    return render_to_string("certificates/sheet.html", about)
