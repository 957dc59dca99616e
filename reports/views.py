"""Completions within the reader's mandate, as a page and as a file."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from people.mandates import mandates_of
from people.models import Mandate
from people.signed_in import signed_in
from reports.choices import choices_for
from reports.completions import all_rows, columns_for, completions, rows, totals_of
from reports.files import HEADINGS, csv_lines
from reports.filters import STATUSES, Filters, PeriodReversed, UnreadableFilter, read_filters

PAGE_SIZE = 50
ON_PAGE = (
    "completed_at",
    "result",
    "course",
    "institution",
    "profession",
    "enrolled_at",
    "cohort",
    "edition",
    "hours",
    "certificate",
    "started_at",
    "withdrawn_at",
    "email",
    "personnel_number",
    "person",
)


@login_required
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """Show the completions within the mandate, filtered by what the address says."""
    mandate = _mandate(request)
    error, reversed_ = "", False
    try:
        filters = read_filters(request.GET.dict())
    except PeriodReversed as period:
        filters, error, reversed_ = period.filters, str(period), True
    except UnreadableFilter as unreadable:
        filters, error = Filters(), str(unreadable)
    enrolments = completions(mandate=mandate, filters=filters)
    totals = totals_of(enrolments)
    page = Paginator(enrolments, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "mandate": mandate,
        "mandates": mandates_of(user=signed_in(request), at=timezone.now()),
        "filters": filters,
        "query": filters.as_query(),
        "error": error,
        "reversed": reversed_,
        "statuses": STATUSES,
        "choices": choices_for(mandate),
        "totals": totals,
        "page": page,
        "rows": rows(mandate=mandate, enrolments=page.object_list),
        "columns": [(name, HEADINGS[name]) for name in _columns(mandate)],
    }
    return render(request, "reports/completions.html", context, status=400 if error else 200)


def _columns(mandate: Mandate) -> list[str]:
    """Return the columns of the page, what is looked for first; the file keeps its own order."""
    may_see = set(columns_for(mandate)) - {"enrolment"}
    first = ("name", "status") if mandate.identified else ("person", "status")
    return [name for name in dict.fromkeys((*first, *ON_PAGE)) if name in may_see]


@login_required
@require_GET
def download_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the same rows as a CSV file."""
    mandate = _mandate(request)
    try:
        filters = read_filters(request.GET.dict())
    except UnreadableFilter as unreadable:
        return HttpResponse(str(unreadable), status=400, content_type="text/plain")
    lines = csv_lines(
        rows=all_rows(mandate=mandate, filters=filters),
        columns=columns_for(mandate),
        language=get_language() or "en",
    )
    day = timezone.localdate().isoformat()
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="completions-{day}.csv"'
    return response


def _mandate(request: HttpRequest) -> Mandate:
    """Return the mandate that the address names, or the only one. Raises PermissionDenied."""
    mandates = mandates_of(user=signed_in(request), at=timezone.now())
    wanted = request.GET.get("mandate", "")
    chosen = [mandate for mandate in mandates if not wanted or str(mandate.pk) == wanted]
    if not chosen:
        raise PermissionDenied
    return chosen[0]
