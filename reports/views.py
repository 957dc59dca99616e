"""Completions within the reader's mandate, as a page and as a file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from people.mandates import mandates_of
from people.signed_in import signed_in
from reports.choices import choices_for
from reports.completions import (
    all_rows,
    columns_for,
    page_columns_for,
)
from reports.completions import report as open_report
from reports.files import csv_lines, dictionary_lines
from reports.filters import (
    STATUSES,
    Filters,
    PeriodReversed,
    UnreadableFilter,
    read_filters,
    require_past,
)
from reports.reader import mandate_in
from reports.row import COLUMNS

PAGE_SIZE = 50


@login_required
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """Show the completions within the mandate, filtered by what the address says."""
    mandate = mandate_in(request)
    error, reversed_ = "", False
    try:
        filters = _asked(request)
    except PeriodReversed as period:
        filters, error, reversed_ = period.filters, str(period), True
    except UnreadableFilter as unreadable:
        filters, error = Filters(), str(unreadable)
    with open_report(mandate=mandate, filters=filters) as found:
        totals = found.totals()
        page = Paginator(cast(Any, found), PAGE_SIZE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
    context = {
        "mandate": mandate,
        "mandates": mandates_of(user=signed_in(request), at=timezone.now()),
        "filters": filters,
        "query": filters.as_query(),
        "query_now": replace(filters, as_of=None).as_query(),
        "error": error,
        "reversed": reversed_,
        "statuses": STATUSES,
        "choices": choices_for(mandate),
        "totals": totals,
        "page": page,
        "rows": rows,
        "columns": [(name, COLUMNS[name].heading) for name in page_columns_for(mandate)],
    }
    return render(request, "reports/completions.html", context, status=400 if error else 200)


@login_required
@require_GET
def download_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the same rows as a CSV file; with `?dictionary`, what its columns mean."""
    mandate = mandate_in(request)
    columns, language = columns_for(mandate), get_language() or "en"
    if "dictionary" in request.GET:
        return _file(dictionary_lines(columns=columns, language=language), "data-dictionary")
    try:
        filters = _asked(request)
    except UnreadableFilter as unreadable:
        return HttpResponse(str(unreadable), status=400, content_type="text/plain")
    found = all_rows(mandate=mandate, filters=filters)
    return _file(csv_lines(rows=found, columns=columns, language=language), "completions")


def _asked(request: HttpRequest) -> Filters:
    filters = read_filters(request.GET.dict())
    require_past(filters.as_of, "as_of", at=timezone.now())
    return filters


def _file(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    day = timezone.localdate().isoformat()
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    return response
