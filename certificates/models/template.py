"""Certificate templates: the words of a sheet, how it lies, and who signs it by hand."""

from typing import Any

from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin

from certificates.models.register import ACHIEVEMENT, ATTENDANCE
from certificates.pictures import PictureField
from courses.models import CoursePage

# The folder of their pictures, in the storage and in what the renderer is told.
TEMPLATE_PICTURES = "certificate-templates"
USUAL_SAMPLE = "usual"
# By what a template is seen and checked; `certificates.sheet_templates.samples` has the sheets.
SAMPLES = {
    USUAL_SAMPLE: _("Usual names"),
    "short": _("Shortest"),
    "long": _("Longest"),
    "latin": _("Latin only"),
    "renewed": _("Renewed and corrected"),
}


def template_storage() -> Storage:
    """Signatures are nobody's to fetch: no address leads to them."""
    return storages["private"]


class CertificateTemplate(PreviewableMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """What a certificate says beside its facts. Words that are left empty are as usual."""

    class Class(models.TextChoices):
        ACHIEVEMENT = ACHIEVEMENT, _("achievement: a test was passed")
        ATTENDANCE = ATTENDANCE, _("attendance: no test is asked for")

    class Orientation(models.TextChoices):
        LANDSCAPE = "landscape", _("landscape")
        PORTRAIT = "portrait", _("portrait")

    class Script(models.TextChoices):
        CYRILLIC = "cyrillic", _("Cyrillic")
        LATIN = "latin", _("Latin")

    name = models.CharField(_("name"), max_length=100, unique=True)
    certificate_class = models.CharField(
        _("kind of certificate"), max_length=20, choices=Class, default=Class.ACHIEVEMENT
    )
    is_default = models.BooleanField(_("for every course without a template"), default=False)
    orientation = models.CharField(
        _("orientation"), max_length=10, choices=Orientation, default=Orientation.LANDSCAPE
    )
    serbian_script = models.CharField(
        _("script of the Serbian words"), max_length=10, choices=Script, default=Script.CYRILLIC
    )
    heading_en = models.CharField(_("title in English"), max_length=120, blank=True)
    heading_sr = models.CharField(_("title in Serbian"), max_length=120, blank=True)
    did_en = models.CharField(_("above the course, in English"), max_length=200, blank=True)
    did_sr = models.CharField(_("above the course, in Serbian"), max_length=200, blank=True)
    text_en = models.TextField(_("below the course, in English"), max_length=1000, blank=True)
    text_sr = models.TextField(_("below the course, in Serbian"), max_length=1000, blank=True)
    partner_en = models.CharField(_("partners, in English"), max_length=250, blank=True)
    partner_sr = models.CharField(_("partners, in Serbian"), max_length=250, blank=True)
    seal = PictureField(
        _("picture of a seal"),
        upload_to=TEMPLATE_PICTURES,
        storage=template_storage,
        blank=True,
    )
    validity_months = models.PositiveSmallIntegerField(
        _("valid for, in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )
    transcript = models.BooleanField(_("second page with the modules"), default=False)

    class Meta:
        ordering = ("name",)
        verbose_name = _("certificate template")
        verbose_name_plural = _("certificate templates")

    def __str__(self) -> str:
        return self.name

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """One for each sample."""
        return list(SAMPLES.items())

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "certificates/admin/template_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"template": self, "sample": mode_name}


class TemplateCourse(Orderable):
    """A course whose certificates follow a template; its translations are meant as well."""

    template = ParentalKey(CertificateTemplate, on_delete=models.CASCADE, related_name="courses")
    course = models.ForeignKey(CoursePage, on_delete=models.CASCADE, verbose_name=_("course"))

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint("template", "course", name="one_choice_a_course_and_template")
        ]

    def __str__(self) -> str:
        return str(self.course)


class Signatory(Orderable):
    """Whose name and function stand on the sheet, with a picture of the signature perhaps."""

    template = ParentalKey(
        CertificateTemplate, on_delete=models.CASCADE, related_name="signatories"
    )
    name_en = models.CharField(_("name in Latin"), max_length=80)
    name_sr = models.CharField(_("name in Cyrillic"), max_length=80, blank=True)
    function_en = models.CharField(_("function in English"), max_length=120, blank=True)
    function_sr = models.CharField(_("function in Serbian"), max_length=120, blank=True)
    signature = PictureField(
        _("picture of the signature"),
        upload_to=TEMPLATE_PICTURES,
        storage=template_storage,
        blank=True,
    )

    def __str__(self) -> str:
        return self.name_en
