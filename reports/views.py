"""Completions within the reader's mandate, as a page."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from people.models import Mandate, User
from people.signed_in import signed_in
from reports.asked import Asked, asked_for, chips_of, settled
from reports.charts import chart_of
from reports.choices import fields_for
from reports.chosen import Chosen, chosen
from reports.completions import (
    Now,
    Totals,
    completions,
    page_columns_for,
    totals_of,
)
from reports.completions import report as open_report
from reports.exports.forms import FileForm, proposed
from reports.figure_tables import table_of, totals_outside
from reports.filters import DAYS, PERIODS
from reports.row import COLUMNS
from reports.saved.forms import NameForm
from reports.saved.keeping import kept_by
from reports.tabs import TABS

PAGE_SIZE = 50


@login_required
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """Show the completions within the mandate, filtered by what the address says.

    With `by` they are shown as figures by group; with `outside` as these may leave the house.
    """
    here = chosen(request)
    asked = asked_for(request.GET.dict(), at=timezone.now())
    fields = fields_for(here.mandate, asked.filters, request.GET.dict())
    if not asked.error and (address := settled(request.GET, fields)):
        return redirect(f"{reverse('reports')}?{address}")
    context = {
        "mandate": here.mandate,
        "mandates": here.mandates,
        "fields": fields,
        "periods": PERIODS,
        "days": DAYS,
        "typed": request.GET,
        "views": kept_by(signed_in(request)),
        "filters_open": bool(asked.error) or any(one.typed for one in fields),
        **_asked(asked, here, _how(request), signed_in(request)),
        **({} if asked.error else _found(request, asked, here)),
    }
    status = 400 if asked.error else 200
    return render(request, "reports/completions.html", context, status=status)


def _asked(asked: Asked, here: Chosen, how: str, user: User) -> dict[str, Any]:
    filters, more = asked.filters, _joined(here.query, how)
    kept = filters.as_asked()
    return {
        "filters": filters,
        "error": asked.error,
        "wrong": asked.wrong,
        "query": filters.as_query(),
        "asked": _joined(kept, here.query),
        "absolute": _joined(filters.as_query(), here.query),
        "kept": kept,
        "more": more,
        "of_now": _joined(filters.without("as_of").as_asked(), here.query),
        "chips": chips_of(filters, here.mandate, more),
        "file_form": FileForm(initial=proposed(user, get_language() or "en")),
        "save": NameForm(initial={"query": kept, "mandate": here.mandate.pk}),
    }


def _how(request: HttpRequest) -> str:
    """Return what an address says of how the report is shown."""
    return urlencode({name: request.GET[name] for name in ("by", "outside") if name in request.GET})


def _joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)


def _found(request: HttpRequest, asked: Asked, here: Chosen) -> dict[str, Any]:
    """Return the totals, and the rows or the figures. Figures are of now alone."""
    by, outside = request.GET.get("by", ""), "outside" in request.GET
    if by in TABS and asked.filters.as_of is None:
        return _figures(asked, here, by, outside=outside)
    with open_report(mandate=here.mandate, filters=asked.filters) as found:
        totals = found.totals()
        shown = _rows(request, here.mandate, found, totals)
    return {"totals": totals, "tabs": {} if asked.filters.as_of else TABS, **shown}


def _figures(asked: Asked, here: Chosen, by: str, *, outside: bool) -> dict[str, Any]:
    enrolments = completions(mandate=here.mandate, filters=asked.filters)
    totals, table = totals_of(enrolments), table_of(enrolments, by, outside=outside)
    return {
        "totals": totals_outside(totals) if outside else totals,
        "tabs": TABS,
        "by": by,
        "outside": outside,
        "table": table,
        "chart": chart_of(table.groups, by),
    }


def _rows(request: HttpRequest, mandate: Mandate, found: Now, totals: Totals) -> dict[str, Any]:
    paginator = Paginator(cast(Any, found), PAGE_SIZE)
    # It is known already: nobody counts a million rows twice.
    paginator.count = totals.participations
    page = paginator.get_page(request.GET.get("page"))
    return {
        "page": page,
        "rows": list(page.object_list),
        "columns": [(name, COLUMNS[name].heading) for name in page_columns_for(mandate)],
    }
