"""Files of the pages of the obliged."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from reports.coverage.asking import read_asked, shown
from reports.coverage.doors import for_holders, mandates_with_names, own_list
from reports.coverage.figures import figures_by, for_outside
from reports.coverage.files import as_file, figures_table, people_table, template_table
from reports.coverage.keeping import current
from reports.coverage.standing import Standing, standings


@require_GET
@for_holders
def template(request: HttpRequest, form: str) -> HttpResponse:
    """Send a file to fill in."""
    mandates_with_names(request)
    return as_file(template_table(), form=form, name="obliged", at=timezone.now())


@require_GET
@for_holders
def people(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """Send whom the page shows, all of its pages."""
    rows = shown(_standings(request, key), read_asked(request.GET.dict()))
    return as_file(people_table(rows), form=form, name="coverage", at=timezone.now())


@require_GET
@for_holders
def figures(request: HttpRequest, key: UUID, grouping: str, form: str) -> HttpResponse:
    """Send the figures as they may leave the institution."""
    if grouping not in ("institution", "profession"):
        raise Http404
    groups = for_outside(figures_by(_standings(request, key), grouping))
    return as_file(figures_table(groups), form=form, name=f"coverage-{grouping}", at=timezone.now())


def _standings(request: HttpRequest, key: UUID) -> list[Standing]:
    obliged = own_list(request, key)
    upload = current(obliged)
    if upload is None:
        raise Http404
    upload.obliged = obliged
    return standings(upload, at=timezone.now())
