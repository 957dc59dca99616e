"""Templates of certificates in the CMS: a draft is saved as it is, what is published is checked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin.widgets import Button
from wagtail.snippets.views import snippets

from certificates.design import design_of, stored_picture
from certificates.models import CertificateTemplate
from certificates.models.template import SAMPLES
from certificates.renderer import LetterMissing, RendererMissing, SheetRunsOver, render_sheet
from certificates.sheet_templates.checking import faults_of
from certificates.sheet_templates.samples import sample_sheet

PERMISSION = "certificates.change_certificatetemplate"


class CheckedWhenPublished:
    """Says why a template cannot be published; what was written stays in the form."""

    saving_as_draft: bool
    produced_error_message: str | None

    def is_valid(self, form: Any) -> bool:
        if not super().is_valid(form):  # type: ignore[misc]
            return False
        if self.saving_as_draft:
            return True
        form.save(commit=False)  # its parts too: signatories and courses
        for fault in faults_of(form.instance):
            form.add_error(None, fault)
            self.produced_error_message = _(
                "The template was not published. What you wrote is still in the form."
            )
        return not form.errors


class TemplateCreateView(CheckedWhenPublished, snippets.CreateView):
    pass


class TemplateEditView(CheckedWhenPublished, snippets.EditView):
    """The form, with ways to its samples as files."""

    @property
    def header_more_buttons(self) -> list[Button]:
        pk = self.object.pk
        return [
            *super().header_more_buttons,
            *(
                Button(
                    _("As PDF: %(sample)s") % {"sample": label},
                    reverse("sample_certificate", args=[pk, name]),
                    icon_name="doc-full",
                    priority=60,
                )
                for name, label in SAMPLES.items()
            ),
        ]


@permission_required(PERMISSION, raise_exception=True)
@require_GET
def sample_pdf(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show a sample of a template as it was saved last, as the file that would be sealed."""
    template = get_object_or_404(CertificateTemplate, pk=pk)
    if name not in SAMPLES:
        raise Http404
    written = template.get_latest_revision_as_object()
    try:
        pdf = render_sheet(sample_sheet(written, name), design=design_of(written, stored_picture))
    except (LetterMissing, RendererMissing, SheetRunsOver):
        for fault in faults_of(written):
            messages.error(request, fault)
        return redirect(CertificateTemplate.snippet_viewset.get_url_name("edit"), pk)
    headers = {"Content-Disposition": f'inline; filename="sample-{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
