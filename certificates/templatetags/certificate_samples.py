"""A template of certificates as a browser shows it, while it is being written."""

import segno
from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from certificates.design import USUAL, Design, design_of, stored_picture
from certificates.models import CertificateTemplate, Sheet
from certificates.paper import sheet_html, verification_url
from certificates.pictures import as_address
from certificates.placeholders import KNOWN
from certificates.renderer import RendererMissing, SheetRunsOver, fitting_size
from certificates.sheet_templates.samples import sample_sheet

register = template.Library()
# As long as a signed line, so that the code looks as it will.
_LINE = f"1.{'A' * 150}.{'A' * 86}"


@register.simple_tag
def sample_in_browser(written: CertificateTemplate, sample: str) -> SafeString:
    """Return a sample sheet as a page of its own, with pictures and code inside."""
    sheet = sample_sheet(written, sample)
    address = f"{verification_url(sheet)}#{_LINE}"
    code = segno.make(address, error="m").svg_data_uri(border=0)
    html = sheet_html(
        sheet,
        design_of(written, as_address),
        size=_size(written, sheet),
        qr=code,
        styled=static("css/certificate-preview.css"),
    )
    return mark_safe(html)  # noqa: S308 - a template made it, with everything in it escaped


def _size(written: CertificateTemplate, sheet: Sheet) -> str:
    """Return the size of type that the file would have."""
    try:
        return fitting_size(sheet, design_of(written, stored_picture))
    except (RendererMissing, SheetRunsOver):
        return ""


@register.simple_tag
def placeholders() -> dict[str, str]:
    """Return each placeholder with what it stands for."""
    return {name: str(meaning) for name, meaning in KNOWN.items()}


@register.simple_tag
def usual_words() -> list[tuple[str, Design]]:
    """Return the words that stand where a template says nothing, by the kind of certificate."""
    kinds = CertificateTemplate.Class
    return [(str(kinds(name).label), design) for name, design in USUAL.items()]
