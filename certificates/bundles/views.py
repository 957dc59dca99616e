"""In the CMS: gather a cohort's certificates, see how far it is, give up, download."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certificates.bundles.filling import KEPT, begin_bundle, cancel
from certificates.models import Bundle
from cms.page_head import head
from courses.cohorts import Offer, cohorts_open_to
from courses.models import Cohort, Enrolment
from people.signed_in import signed_in


def way_there(cohort: Cohort) -> list[Offer]:
    """Lead from a cohort to its certificates."""
    return [Offer(_("Certificates"), reverse("cohort_certificates", args=[cohort.pk]))]


@require_GET
def cohort_certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how many certificates a cohort has, and the newest bundle of them."""
    cohort = _cohort(request, pk)
    own = Bundle.objects.filter(cohort_key=cohort.key, by=signed_in(request))
    bundle = own.exclude(state=Bundle.State.CANCELLED).order_by("-begun_at").first()
    completed = Enrolment.objects.filter(cohort_key=cohort.key, completed_at__isnull=False)
    context = {
        "cohort": cohort,
        "bundle": bundle,
        "completed": completed.count(),
        "days": KEPT.days,
        **_head(cohort),
    }
    return TemplateResponse(request, "certificates/admin/bundle.html", context)


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to gather."""
    begin_bundle(cohort=_cohort(request, pk), by=signed_in(request), at=timezone.now())
    return redirect("cohort_certificates", pk=pk)


@require_POST
def give_up(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Give up."""
    cancel(_own(request, pk, key))
    return redirect("cohort_certificates", pk=pk)


@require_GET
def download(request: HttpRequest, pk: int, key: UUID) -> HttpResponseBase:
    """Send the file that was gathered."""
    bundle = _own(request, pk, key)
    name = slugify(_cohort(request, pk).name) or "cohort"
    paper = get_object_or_404(Bundle, key=bundle.key, state=Bundle.State.READY)
    return FileResponse(paper.file.open(), as_attachment=True, filename=f"{name}.zip")


def _own(request: HttpRequest, pk: int, key: UUID) -> Bundle:
    cohort = _cohort(request, pk)
    return get_object_or_404(Bundle, key=key, cohort_key=cohort.key, by=signed_in(request))


def _cohort(request: HttpRequest, pk: int) -> Cohort:
    return get_object_or_404(cohorts_open_to(signed_in(request)), pk=pk)


def _head(cohort: Cohort) -> dict[str, Any]:
    members = reverse("cohorts:members", args=[cohort.pk])
    way = ((reverse("cohorts:list"), _("Cohorts")), (members, cohort.name))
    return head(_("Certificates"), "doc-full", *way)
