"""Completions within the reader's mandate, as a page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from people.mandates import mandates_of
from people.signed_in import signed_in
from reports.asked import mandate_asked
from reports.choices import choices_for
from reports.completions import completions, page_columns_for, totals_of
from reports.exports.forms import FileForm, proposed
from reports.exports.views import file_query
from reports.filters import STATUSES, Filters, PeriodReversed, UnreadableFilter, read_filters
from reports.joining import rows
from reports.row import COLUMNS

PAGE_SIZE = 50


@login_required
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """Show the completions within the mandate, filtered by what the address says."""
    mandate = mandate_asked(request)
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
        "file_query": file_query(filters, mandate),
        "file_form": FileForm(initial=proposed(signed_in(request), get_language() or "en")),
        "columns": [(name, COLUMNS[name].heading) for name in page_columns_for(mandate)],
    }
    return render(request, "reports/completions.html", context, status=400 if error else 200)
