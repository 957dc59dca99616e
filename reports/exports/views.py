"""Take a file of the report, at once or made by a task; and one's own files, while kept."""

from typing import IO
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.mandates import mandates_of
from people.models import Mandate, User
from people.signed_in import signed_in
from reports.chosen import chosen
from reports.completions import columns_for
from reports.completions import report as open_report
from reports.exports.filling import KEPT, begin_export, cancel
from reports.exports.forms import FileForm, proposed
from reports.exports.making import FORMATS, disclosure_of
from reports.exports.sending import AT_ONCE, made_at_once, sent
from reports.exports.words import in_words, in_words_each
from reports.field_names import said_on_page
from reports.files import dictionary_lines
from reports.filters import Filters, UnreadableFilter, as_it_stood, read_filters
from reports.models import Disclosure, Export
from reports.scopes import covers_now


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_file(request: HttpRequest) -> HttpResponseBase:
    """Ask which file, and for what; send it, or begin to make it."""
    mandate = chosen(request).mandate
    try:
        filters = as_it_stood(read_filters(request.GET.dict()), at=timezone.now())
    except UnreadableFilter as unreadable:
        return HttpResponse(
            said_on_page(unreadable), status=400, content_type="text/plain; charset=utf-8"
        )
    with open_report(mandate=mandate, filters=filters) as found:
        rows = len(found)
    initial = proposed(signed_in(request), get_language() or "en")
    past = filters.as_of is not None
    form = FileForm(request.POST or None, rows=rows, past=past, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _given(request, mandate, filters, form, rows)
    context = {
        "mandate": mandate,
        "form": form,
        "rows": rows,
        "told": in_words(filters.as_query()),
        "query": file_query(filters, mandate),
        "at_once": AT_ONCE,
    }
    return render(request, "reports/new_file.html", context)


@login_required
@require_GET
def files(request: HttpRequest) -> HttpResponse:
    """Show the own files that are kept or being made, and how far each is."""
    mandate = chosen(request).mandate
    exports = list(_own(request).order_by("-disclosure__at"))
    told = in_words_each([export.disclosure.filters for export in exports])
    covered = _covered(request)
    context = {
        "mandate": mandate,
        "files": [
            {
                "export": export,
                "told": words,
                "language": User.Language(export.disclosure.language),
                "open": _is_open(export, covered),
            }
            for export, words in zip(exports, told, strict=True)
        ],
        "days": KEPT.days,
        "running": any(export.is_running for export in exports),
    }
    return render(request, "reports/files.html", context)


@login_required
@require_POST
def file(request: HttpRequest, key: UUID) -> StreamingHttpResponse:
    """Send a file that was made, while its mandate holds and covers the same."""
    chosen(request)
    export = get_object_or_404(_open(request), pk=key, state=Export.State.READY)
    outcomes = [Disclosure.Outcome.MADE, Disclosure.Outcome.BROKEN]
    taken = Disclosure.objects.filter(pk=export.pk, outcome__in=outcomes)
    taken.update(outcome=Disclosure.Outcome.SENDING)
    return _sent(export.file.open(), export.disclosure)


@login_required
@require_POST
def give_up_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give up a file that is being made."""
    chosen(request)
    cancel(get_object_or_404(_own(request), pk=key))
    return redirect("files")


@login_required
@require_GET
def dictionary(request: HttpRequest) -> StreamingHttpResponse:
    """Send what the columns mean, as a file; nobody stands in it."""
    columns, language = columns_for(chosen(request).mandate), get_language() or "en"
    lines = dictionary_lines(columns=columns, language=language)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="data-dictionary-{day}.csv"'
    return response


def file_query(filters: Filters, mandate: Mandate) -> str:
    """Return the query part of the address at which a file of a report is asked for."""
    return "&".join(filter(None, [filters.as_query(), urlencode({"mandate": mandate.pk})]))


def _given(
    request: HttpRequest, mandate: Mandate, filters: Filters, form: FileForm, rows: int
) -> HttpResponseBase:
    wish, at = form.wish(), timezone.now()
    disclosure = disclosure_of(
        by=signed_in(request), mandate=mandate, filters=filters, wish=wish, at=at
    )
    if FORMATS[wish.kind].has_rows and rows <= AT_ONCE:
        return _sent(made_at_once(disclosure, mandate=mandate, filters=filters), disclosure)
    begin_export(disclosure, total=rows if FORMATS[wish.kind].has_rows else 0)
    return redirect("files")


def _sent(file: IO[bytes], disclosure: Disclosure) -> StreamingHttpResponse:
    form = FORMATS[disclosure.kind]
    return sent(file, disclosure, name=form.name, media_type=form.media_type)


def _own(request: HttpRequest) -> QuerySet[Export]:
    own = Export.objects.filter(disclosure__by=signed_in(request))
    return own.select_related("disclosure").exclude(state=Export.State.CANCELLED)


def _open(request: HttpRequest) -> QuerySet[Export]:
    """Return the own files whose mandate holds today and covers what it did."""
    covered = _covered(request)
    keys = [export.pk for export in _own(request) if _is_open(export, covered)]
    return _own(request).filter(pk__in=keys)


def _covered(request: HttpRequest) -> dict[int, str]:
    """Return the hash of what each of the own mandates of today covers, by its key."""
    mandates = mandates_of(user=signed_in(request), at=timezone.now())
    return {mandate.pk: covers_now(mandate) for mandate in mandates}


def _is_open(export: Export, covered: dict[int, str]) -> bool:
    disclosure = export.disclosure
    return covered.get(disclosure.mandate_id or 0) == disclosure.scope_id
