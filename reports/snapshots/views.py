"""For the officer: freeze a report, see how far it is, give up, download."""

import zipfile
from collections.abc import Iterator
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from people.mandates import mandates_of
from people.models import Mandate
from people.signed_in import signed_in
from reports.chosen import chosen
from reports.disclosures.purpose import PurposeForm, proposed_purpose
from reports.field_names import said_on_page
from reports.filters import (
    Filters,
    UnreadableFilter,
    as_it_stood,
    described,
    read_filters,
)
from reports.models import Snapshot
from reports.snapshots.filling import FILES, Wish, begin_snapshot, cancel
from reports.snapshots.frozen import address_of
from reports.snapshots.words import filters_of

WHOLE = "snapshot.zip"
TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}
ABOUT = {
    "summary.pdf": _("Totals and tables, sealed; with the fingerprints of the other files"),
    "completions.csv": _("The rows as a table, with person keys and no names"),
    "completions.jsonl": _("The same rows for a program, one JSON object a line"),
    "manifest.json": _("What was frozen: filters, scope, rules, counts, fingerprints"),
}


class FreezeForm(PurposeForm):
    """What the snapshot is called, the language of its summary, and for what it is."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("It stands at the head of the summary.")
    )
    language = forms.ChoiceField(label=_("Language of the summary"), choices=settings.LANGUAGES)
    field_order = ["title", "language"]

    def wish(self) -> Wish:
        """Return what a valid form asks for."""
        return Wish(**self.cleaned_data)


@login_required
@require_GET
def snapshots(request: HttpRequest) -> HttpResponse:
    """List the snapshots of a mandate, and offer to freeze the report that the address names."""
    mandate = chosen(request).mandate
    initial = {"language": get_language(), **proposed_purpose(signed_in(request))}
    return _listed(request, mandate, FreezeForm(initial=initial))


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin to freeze."""
    mandate, form = chosen(request).mandate, FreezeForm(request.POST)
    filters, error = _asked(request)
    if error or not form.is_valid():
        return _listed(request, mandate, form)
    snapshot = begin_snapshot(
        mandate=mandate,
        filters=filters,
        wish=form.wish(),
        by=signed_in(request),
        at=timezone.now(),
    )
    return redirect("snapshot", key=snapshot.key)


@login_required
@require_GET
def snapshot(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what a snapshot is, how far it is, and its files."""
    known = _own(request, key)
    context = {
        "snapshot": known,
        "filters": filters_of(known),
        "files": [(name, ABOUT[name]) for name in FILES],
        "whole": WHOLE,
        "with_names": f"{reverse('reports')}?{address_of(known)}&mandate={known.mandate_id}",
    }
    return render(request, "reports/snapshots/snapshot.html", context)


@login_required
@require_POST
def give_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give up."""
    known = _own(request, key)
    cancel(known)
    return redirect(f"{reverse('snapshots')}?mandate={known.mandate_id}")


@login_required
@require_GET
def download(request: HttpRequest, key: UUID, name: str) -> HttpResponseBase:
    """Send the whole snapshot as a ZIP, or one of its files."""
    known = get_object_or_404(Snapshot, pk=_own(request, key).pk, state=Snapshot.State.READY)
    stem = slugify(known.title) or "snapshot"
    if name == WHOLE:
        return FileResponse(known.file.open(), as_attachment=True, filename=f"{stem}.zip")
    if name not in FILES:
        raise Http404
    ending = name.rpartition(".")[2]
    response = StreamingHttpResponse(
        _member(known, name), content_type=TYPES.get(ending, "application/json")
    )
    response["Content-Disposition"] = f'attachment; filename="{stem}-{name}"'
    return response


def _member(known: Snapshot, name: str) -> Iterator[bytes]:
    with known.file.open("rb") as file, zipfile.ZipFile(file) as parcel, parcel.open(name) as one:
        while part := one.read(1 << 16):
            yield part


def _listed(request: HttpRequest, mandate: Mandate, form: FreezeForm) -> HttpResponse:
    filters, error = _asked(request)
    kept = Snapshot.objects.filter(mandate=mandate).exclude(state=Snapshot.State.CANCELLED)
    context = {
        "mandate": mandate,
        "snapshots": kept,
        "form": form,
        "error": error,
        "as_of": filters.moment,
        "filters": described(filters.without("as_of"), mandate),
        "query": filters.as_query(),
    }
    status = 400 if error or form.errors else 200
    return render(request, "reports/snapshots/list.html", context, status=status)


def _asked(request: HttpRequest) -> tuple[Filters, str]:
    """Return the filters that the address names, and what is wrong with them."""
    try:
        return as_it_stood(read_filters(request.GET.dict()), at=timezone.now()), ""
    except UnreadableFilter as unreadable:
        return Filters(), said_on_page(unreadable)


def _own(request: HttpRequest, key: UUID) -> Snapshot:
    """Return a snapshot of a mandate that the reader holds today."""
    mine = mandates_of(user=signed_in(request), at=timezone.now())
    return get_object_or_404(Snapshot, key=key, mandate__in=mine)
