"""Completions within the reader's mandate, as a page and as a file."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from people.mandates import mandates_of
from people.models import Mandate
from people.signed_in import signed_in
from reports.choices import choices_for
from reports.completions import (
    all_rows,
    columns_for,
    completions,
    page_columns_for,
)
from reports.files import csv_lines, dictionary_lines
from reports.filters import STATUSES, Filters, PeriodReversed, UnreadableFilter, read_filters
from reports.joining import rows
from reports.paging import page_of
from reports.row import COLUMNS
from reports.totals import totals_of

PAGE_SIZE = 50


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
    number = request.GET.get("page")
    page = page_of(enrolments, totals=totals, size=PAGE_SIZE, number=number)
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
        "columns": [(name, COLUMNS[name].heading) for name in page_columns_for(mandate)],
    }
    return render(request, "reports/completions.html", context, status=400 if error else 200)


@login_required
@require_GET
def download_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the same rows as a CSV file; with `?dictionary`, what its columns mean."""
    mandate = _mandate(request)
    columns, language = columns_for(mandate), get_language() or "en"
    if "dictionary" in request.GET:
        return _file(dictionary_lines(columns=columns, language=language), "data-dictionary")
    try:
        filters = read_filters(request.GET.dict())
    except UnreadableFilter as unreadable:
        return HttpResponse(str(unreadable), status=400, content_type="text/plain")
    found = all_rows(mandate=mandate, filters=filters)
    return _file(csv_lines(rows=found, columns=columns, language=language), "completions")


def _file(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    day = timezone.localdate().isoformat()
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    return response


def _mandate(request: HttpRequest) -> Mandate:
    """Return the mandate that the address names, or the only one. Raises PermissionDenied."""
    mandates = mandates_of(user=signed_in(request), at=timezone.now())
    wanted = request.GET.get("mandate", "")
    chosen = [mandate for mandate in mandates if not wanted or str(mandate.pk) == wanted]
    if not chosen:
        raise PermissionDenied
    return chosen[0]
