"""Completions within the reader's mandate, as a page."""

from dataclasses import replace
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from people.mandates import mandates_of
from people.signed_in import signed_in
from reports.choices import choices_for
from reports.completions import page_columns_for
from reports.completions import report as open_report
from reports.exports.forms import FileForm, proposed
from reports.exports.views import file_query
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
        "file_query": file_query(filters, mandate),
        "file_form": FileForm(initial=proposed(signed_in(request), get_language() or "en")),
        "columns": [(name, COLUMNS[name].heading) for name in page_columns_for(mandate)],
    }
    return render(request, "reports/completions.html", context, status=400 if error else 200)


def _asked(request: HttpRequest) -> Filters:
    filters = read_filters(request.GET.dict())
    require_past(filters.as_of, "as_of", at=timezone.now())
    return filters
