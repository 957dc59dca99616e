"""Who was given what: the whole list in the CMS, and each person's own view."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cms.page_head import head
from people.actors import actor_id
from people.signed_in import signed_in
from reports.disclosures.listing import DisclosureFilters, lines
from reports.disclosures.received import received
from reports.exports.words import in_words_each

PERMISSION = "reports.view_disclosure"
_PER_PAGE = 50


@login_required
@require_GET
def who_received(request: HttpRequest) -> HttpResponse:
    """Show the signed-in person who was given their data, when, and for what."""
    found = received(actor_id(signed_in(request)))
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/who_received.html", {"page": page})


@require_GET
def disclosures(request: HttpRequest) -> HttpResponse:
    """List who was given what, the newest first, as the filters in the address say."""
    _require(request)
    form = DisclosureFilters(request.GET)
    page = Paginator(form.found(), _PER_PAGE).get_page(request.GET.get("p"))
    here = list(page.object_list)
    told = in_words_each([one.filters for one in here])
    context = {
        "form": form,
        "page": page,
        "lines": list(zip(here, told, strict=True)),
        **head(_("Who received what"), "download"),
    }
    return TemplateResponse(request, "reports/admin/disclosures.html", context)


@require_GET
def disclosures_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Send the list as a CSV file, filtered as on the page."""
    _require(request)
    form = DisclosureFilters(request.GET)
    if not form.is_valid():
        faults = form.errors.get_json_data().items()
        said = "; ".join(f"{name}: {found[0]['message']}" for name, found in faults)
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    found = form.found().iterator(chunk_size=500)
    response = StreamingHttpResponse(lines(found), content_type="text/csv; charset=utf-8")
    name = f"who-received-what-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
