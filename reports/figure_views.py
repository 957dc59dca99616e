"""The figures of a report as small files: as they may leave an institution, and no other way."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from people.models import Mandate
from reports.chosen import chosen
from reports.completions import completions
from reports.field_names import said_on_page
from reports.figure_files import figures_csv, figures_xlsx
from reports.figure_tables import FigureTable, table_of
from reports.filters import Filters, UnreadableFilter, described, read_filters, require_now
from reports.tabs import TABS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class _Wanted:
    """The figures that an address asks for, and of what they are."""

    mandate: Mandate
    filters: Filters
    table: FigureTable
    language: str

    @property
    def about(self) -> list[tuple[str, str]]:
        return [(_("Mandate"), self.mandate.name), *described(self.filters, self.mandate)]


@login_required
@require_GET
def as_csv(request: HttpRequest) -> HttpResponse:
    """Send the figures of a tab as CSV."""
    try:
        wanted = _wanted(request)
    except UnreadableFilter as unreadable:
        return _refused(unreadable)
    said = figures_csv(table=wanted.table, language=wanted.language)
    return _file(said.encode(), "text/csv; charset=utf-8", f"{wanted.table.by}.csv")


@login_required
@require_GET
def as_xlsx(request: HttpRequest) -> HttpResponse:
    """Send the figures of a tab as a workbook."""
    try:
        wanted = _wanted(request)
    except UnreadableFilter as unreadable:
        return _refused(unreadable)
    made = figures_xlsx(
        table=wanted.table, about=wanted.about, language=wanted.language, at=timezone.now()
    )
    return _file(made, XLSX, f"{wanted.table.by}.xlsx")


def _wanted(request: HttpRequest) -> _Wanted:
    """Raises UnreadableFilter, PermissionDenied, Http404 for a tab that there is not."""
    mandate, by = chosen(request).mandate, request.GET.get("by", "month")
    if by not in TABS:
        raise Http404
    filters = read_filters(request.GET.dict(), today=timezone.localdate())
    require_now(filters)
    table = table_of(completions(mandate=mandate, filters=filters), by, outside=True)
    return _Wanted(mandate, filters, table, get_language() or "en")


def _refused(unreadable: UnreadableFilter) -> HttpResponse:
    return HttpResponse(
        said_on_page(unreadable), status=400, content_type="text/plain; charset=utf-8"
    )


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    day = timezone.localdate().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="figures-{day}-by-{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
