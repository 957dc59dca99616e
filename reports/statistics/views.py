"""Statistics for the action, as a page and as files, within the reader's mandate.

Files are sent when they are asked for: what is in them are figures of groups, small ones hidden,
and no personal data. Nothing is written, so a GET is enough.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certificates.renderer import RendererMissing
from certificates.sealing import CannotSeal
from people.signed_in import signed_in
from reports.asked import Asked, asked_of_now, chips_of
from reports.choices import fields_for
from reports.chosen import Chosen, chosen
from reports.field_names import said_on_page
from reports.figure_views import XLSX
from reports.filters import PERIODS, UnreadableFilter, read_filters, require_now
from reports.statistics.asked import ONE_PACK, definitions
from reports.statistics.lately import lately_counted
from reports.statistics.pack import FILES, as_paper, as_workbook
from reports.statistics.sections import sections_of
from reports.statistics.showing import as_shown


@login_required
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the statistics of the mandate, filtered by what the address says."""
    here = chosen(request)
    asked = asked_of_now(request.GET.dict(), at=timezone.now())
    context = {
        "mandate": here.mandate,
        "mandates": here.mandates,
        "fields": fields_for(here.mandate, asked.filters, request.GET.dict()),
        "periods": PERIODS,
        "typed": request.GET,
        "filters": asked.filters,
        "error": asked.error,
        "wrong": asked.wrong,
        "chips": chips_of(asked.filters, here.mandate, here.query),
        "address": _address(asked, here),
        **({} if asked.error else _found(request, asked, here)),
    }
    status = 400 if asked.error else 200
    return render(request, "reports/statistics/page.html", context, status=status)


@login_required
@require_GET
def as_xlsx(request: HttpRequest, what: str) -> HttpResponse:
    """Send the pack, or training by article, as a workbook."""
    return _sent(request, what, "xlsx")


@login_required
@require_GET
def as_pdf(request: HttpRequest, what: str) -> HttpResponse:
    """Send the same as a sealed paper."""
    try:
        return _sent(request, what, "pdf")
    except (CannotSeal, RendererMissing):
        words = _("The site cannot make sealed papers at the moment. Take the workbook instead.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")


def _found(request: HttpRequest, asked: Asked, here: Chosen) -> dict[str, Any]:
    now = timezone.now()
    counted = lately_counted(mandate=here.mandate, filters=asked.filters, at=now)
    found = counted.statistics
    sections = [(one, [as_shown(table) for table in one.tables]) for one in sections_of(found)]
    return {
        "whole": found.reach.all,
        "kept_at": counted.at if counted.is_kept else None,
        "sections": sections,
        "definitions": definitions(),
        "one_pack": ONE_PACK,
        "sees_questions": signed_in(request).has_perm("assessments.view_question"),
    }


def _address(asked: Asked, here: Chosen) -> str:
    """Return the query of the files: days that are named are named by their dates."""
    return "&".join(part for part in (asked.filters.as_query(), here.query) if part)


def _sent(request: HttpRequest, what: str, kind: str) -> HttpResponse:
    mandate = chosen(request).mandate
    if what not in FILES:
        raise Http404
    try:
        filters = read_filters(request.GET.dict(), today=timezone.localdate())
        require_now(filters)
    except UnreadableFilter as unreadable:
        return HttpResponse(
            said_on_page(unreadable), status=400, content_type="text/plain; charset=utf-8"
        )
    now, language = timezone.now(), get_language() or "en"
    make = as_paper if kind == "pdf" else as_workbook
    made = make(what, mandate=mandate, filters=filters, language=language, at=now)
    name = f"{what}-{timezone.localdate(now).isoformat()}.{kind}"
    response = HttpResponse(made, content_type="application/pdf" if kind == "pdf" else XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
