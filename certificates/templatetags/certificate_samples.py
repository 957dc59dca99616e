"""A template of certificates as a browser shows it, while it is being written."""

import segno
from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from certificates.design import USUAL, Design, design_of
from certificates.models import CertificateTemplate
from certificates.paper import sheet_html, verification_url
from certificates.pictures import as_address
from certificates.placeholders import KNOWN
from certificates.sheet_templates.samples import sample_sheet

register = template.Library()


@register.simple_tag
def sample_in_browser(written: CertificateTemplate, sample: str) -> SafeString:
    """Return a sample sheet as a page of its own, with pictures and code inside."""
    sheet = sample_sheet(written, sample)
    code = segno.make(verification_url(sheet), error="m").svg_data_uri(border=0)
    html = sheet_html(
        sheet,
        design_of(written, as_address),
        qr=code,
        styled=static("css/certificate-preview.css"),
    )
    return mark_safe(html)  # noqa: S308 - a template made it, with everything in it escaped


@register.simple_tag
def placeholders() -> dict[str, str]:
    """Return each placeholder with what it stands for."""
    return {name: str(meaning) for name, meaning in KNOWN.items()}


@register.simple_tag
def usual_words() -> list[tuple[str, Design]]:
    """Return the words that stand where a template says nothing, by the kind of certificate."""
    kinds = CertificateTemplate.Class
    return [(str(kinds(name).label), design) for name, design in USUAL.items()]
