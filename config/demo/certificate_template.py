"""The demo's template of certificates, with an invented signature."""

from typing import Any

from django.core.files.base import ContentFile

from certificates.models import CertificateTemplate, Signatory
from config.demo.files import folder, read


def load_certificate_template() -> None:
    """Publish the template as its file says, in place of an earlier one of that name."""
    entry: dict[str, Any] = read("certificate-template.yaml")
    signatories = entry.pop("signatories")
    template = CertificateTemplate.objects.filter(name=entry["name"]).first()
    template = template or CertificateTemplate(live=False)
    for name, value in entry.items():
        setattr(template, name, value)
    template.signatories.set([_signatory(one) for one in signatories])
    template.save()
    template.save_revision().publish()


def _signatory(entry: dict[str, str]) -> Signatory:
    drawing = folder() / "drawings" / entry["signature"]
    signature = ContentFile(drawing.read_bytes(), name=drawing.name)
    return Signatory(**(entry | {"signature": signature}))
