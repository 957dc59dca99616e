"""Files of the pages of the obliged."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people.signed_in import signed_in
from reports.coverage.asking import read_asked, shown
from reports.coverage.doors import for_holders, mandates_with_names, own_list
from reports.coverage.figures import figures_by, for_outside
from reports.coverage.files import as_file, figures_table, template_table
from reports.coverage.forms import TakeForm
from reports.coverage.keeping import current
from reports.coverage.standing import Standing, standings
from reports.coverage.taking import taken
from reports.disclosures.purpose import proposed_purpose
from reports.models import ObligedList


@require_GET
@for_holders
def template(request: HttpRequest, form: str) -> HttpResponse:
    """Send a file to fill in."""
    mandates_with_names(request)
    return as_file(template_table(), form=form, name="obliged", at=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders
def people(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Ask for what; send whom the page shows, all of its pages."""
    obliged, asked = own_list(request, key), read_asked(request.GET.dict())
    rows, by = shown(_standings(obliged), asked), signed_in(request)
    form = TakeForm(request.POST or None, initial=proposed_purpose(by))
    if request.method == "POST" and form.is_valid():
        wish, at = form.wish(), timezone.now()
        return taken(rows, obliged=obliged, asked=asked, wish=wish, by=by, at=at)
    context = {"obliged": obliged, "asked": asked, "rows": len(rows), "take_form": form}
    status = 400 if form.errors else 200
    return render(request, "reports/coverage/taken.html", context, status=status)


@require_GET
@for_holders
def figures(request: HttpRequest, key: UUID, grouping: str, form: str) -> HttpResponse:
    """Send the figures as they may leave the institution."""
    if grouping not in ("institution", "profession"):
        raise Http404
    groups = for_outside(figures_by(_standings(own_list(request, key)), grouping))
    return as_file(figures_table(groups), form=form, name=f"coverage-{grouping}", at=timezone.now())


def _standings(obliged: ObligedList) -> list[Standing]:
    upload = current(obliged)
    if upload is None:
        raise Http404
    upload.obliged = obliged
    return standings(upload, at=timezone.now())
