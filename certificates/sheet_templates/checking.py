"""Whether a template can be used: what it says can be filled in, and fits on the page."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from certificates.design import Design, design_of, stored_picture
from certificates.models import CertificateTemplate
from certificates.models.template import SAMPLES
from certificates.placeholders import faults_in
from certificates.renderer import LetterMissing, RendererMissing, SheetRunsOver, render_sheet
from certificates.sheet_templates.samples import sample_sheet

_WRITTEN = ("heading", "did", "text", "partner")


def faults_of(template: CertificateTemplate) -> list[str]:
    """Return why a template cannot be published, each as a sentence; nothing if it can.

    Its samples are laid out only if their words can be filled in.
    """
    faults = [*_placeholders(template), *_one_sided(template), *_rivals(template)]
    return faults or list(_samples(template))


def _placeholders(template: CertificateTemplate) -> Iterator[str]:
    for name in (f"{part}_{language}" for part in _WRITTEN for language in ("en", "sr")):
        for fault in faults_in(getattr(template, name)):
            label = template._meta.get_field(name).verbose_name
            yield f"{capfirst(label)}: {fault}"


def _one_sided(template: CertificateTemplate) -> Iterator[str]:
    """Name words that stand in one language: the usual ones would stand beside them."""
    for part in _WRITTEN:
        names = [f"{part}_{language}" for language in ("en", "sr")]
        written = [name for name in names if getattr(template, name).strip()]
        if len(written) == 1:
            label = template._meta.get_field(written[0]).verbose_name
            words = _("%(field)s: write it in the other language too, or leave both empty.")
            yield words % {"field": capfirst(label)}


def _rivals(template: CertificateTemplate) -> Iterator[str]:
    """Name the templates that are in use for the same."""
    others = CertificateTemplate.objects.filter(
        live=True, certificate_class=template.certificate_class
    ).exclude(pk=template.pk)
    if template.is_default and (other := others.filter(is_default=True).first()):
        words = _("“%(name)s” is for every course already; take that off it first.")
        yield words % {"name": other}
    seen = set()
    for chosen in template.courses.all():
        key = chosen.course.translation_key
        if key in seen:
            yield _("The course “%(course)s” stands here twice.") % {"course": chosen.course}
        seen.add(key)
        if other := others.filter(courses__course__translation_key=key).first():
            words = _(
                "The course “%(course)s” follows “%(name)s” already; take it off there first."
            )
            yield words % {"course": chosen.course, "name": other}


def _samples(template: CertificateTemplate) -> Iterator[str]:
    design = design_of(template, stored_picture)
    for name, label in SAMPLES.items():
        if fault := _drawn(template, design, name):
            yield _("Sample “%(sample)s”: %(fault)s") % {"sample": label, "fault": fault}


def _drawn(template: CertificateTemplate, design: Design, name: str) -> str:
    """Draw a sample; return what is wrong with it."""
    try:
        render_sheet(sample_sheet(template, name), design=design)
    except SheetRunsOver:
        return _("the words do not fit on the page, even in small type; shorten them.")
    except LetterMissing:
        return _("a letter in it is in none of our fonts.")
    except RendererMissing:
        return _("nothing can be laid out on this machine; see docs/operating.md.")
    return ""
