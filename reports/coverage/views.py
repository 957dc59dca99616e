"""The pages of the obliged: lists, upload, preview, coverage, deletion."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from people.models import Mandate
from people.signed_in import signed_in
from reports.coverage.asking import EVERYBODY, ORDERS, SHOWN, read_asked, shown
from reports.coverage.checking import Refusal
from reports.coverage.courses import courses_to_ask_for
from reports.coverage.doors import for_holders, mandate_of, mandates_with_names, own_list
from reports.coverage.errors import UnreadableList
from reports.coverage.figures import COLUMNS, figures_by, figures_of
from reports.coverage.forms import FileForm, ListForm, TakeForm
from reports.coverage.keeping import (
    MONTHS,
    begin_list,
    confirm,
    current,
    difference,
    discard,
    lists_of,
    read_into,
    waiting_of,
)
from reports.coverage.standing import STATES, standings
from reports.disclosures.purpose import proposed_purpose
from reports.models import ObligedList, ObligedUpload

PAGE_SIZE = 50
# How many names a preview shows of each kind; all of them stand in the file that was uploaded.
SAMPLE = 20


@require_GET
@for_holders
def lists(request: HttpRequest) -> HttpResponse:
    """Show the lists of a mandate."""
    mandate = mandate_of(request)
    context = {
        "mandate": mandate,
        "mandates": mandates_with_names(request),
        "lists": lists_of(mandate, at=timezone.now()).order_by("due_on", "name"),
        "months": MONTHS,
    }
    return render(request, "reports/coverage/lists.html", context)


@require_http_methods(["GET", "POST"])
@for_holders
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a list; read its file, and lead to what was read."""
    mandate = mandate_of(request)
    courses = courses_to_ask_for()
    form = ListForm(request.POST or None, request.FILES or None, courses=courses)
    if request.method == "POST" and form.is_valid():
        file, wanted = form.cleaned_data["file"], form.wanted()
        try:
            read = begin_list(mandate=mandate, wanted=wanted, file=file, at=timezone.now())
            return redirect("coverage_check", key=read.obliged.key)
        except UnreadableList as error:
            form.add_error("file", str(error))
    return _form(request, "reports/coverage/new.html", form, mandate)


@require_http_methods(["GET", "POST"])
@for_holders
def replace(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for a newer file of a list; read it, and lead to what would change."""
    obliged = own_list(request, key)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            read_into(obliged, file=form.cleaned_data["file"], at=timezone.now())
            return redirect("coverage_check", key=key)
        except UnreadableList as error:
            form.add_error("file", str(error))
    return _form(request, "reports/coverage/replace.html", form, obliged.mandate, obliged)


@require_http_methods(["GET", "POST"])
@for_holders
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what was read; make it the list, or forget it."""
    obliged = own_list(request, key)
    upload = waiting_of(obliged).select_related("obliged__mandate").first()
    if request.method == "POST":
        return _decided(request, obliged, upload)
    if upload is None:
        if current(obliged):
            return redirect("coverage_list", key=key)
        raise Http404
    return render(request, "reports/coverage/check.html", _preview(request, upload))


@require_GET
@for_holders
def one_list(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show how many of a list have done it, and who is missing."""
    obliged = own_list(request, key)
    upload = current(obliged)
    if upload is None:
        return redirect("coverage_check", key=key)
    upload.obliged = obliged
    found = standings(upload, at=timezone.now())
    asked = read_asked(request.GET.dict())
    rows = shown(found, asked)
    groups = [
        (_("By institution"), "institution", figures_by(found, "institution")),
        (_("By profession"), "profession", figures_by(found, "profession")),
    ]
    context = {
        "obliged": obliged,
        "upload": upload,
        "titles": _titles(obliged),
        "all": figures_of(found),
        "groups": groups,
        "columns": list(COLUMNS.values()),
        "asked": asked,
        "states": SHOWN | STATES,
        "everybody": EVERYBODY,
        "orders": ORDERS,
        "take_form": TakeForm(initial=proposed_purpose(signed_in(request))),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "waiting": waiting_of(obliged).exists(),
    }
    return render(request, "reports/coverage/list.html", context)


@require_GET
@for_holders
def refused(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show which lines of the file were not taken, and why."""
    obliged = own_list(request, key)
    upload = waiting_of(obliged).first() or current(obliged)
    lines = [Refusal(**one) for one in upload.refused] if upload else []
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"obliged": obliged, "page": page, "total": len(lines)}
    return render(request, "reports/coverage/refused.html", context)


@require_http_methods(["GET", "POST"])
@for_holders
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask whether a list shall go; delete it."""
    obliged = own_list(request, key)
    if request.method == "POST":
        obliged.delete()
        messages.success(request, _("The list is deleted, with every name on it."))
        return redirect("coverage")
    return render(request, "reports/coverage/delete.html", {"obliged": obliged})


def _form(
    request: HttpRequest,
    template: str,
    form: FileForm,
    mandate: Mandate,
    obliged: ObligedList | None = None,
) -> HttpResponse:
    context = {"form": form, "mandate": mandate, "obliged": obliged, "months": MONTHS}
    return render(request, template, context, status=400 if form.errors else 200)


def _decided(
    request: HttpRequest, obliged: ObligedList, upload: ObligedUpload | None
) -> HttpResponse:
    """Do what the holder says about exactly the file that was shown."""
    if upload is None or request.POST.get("upload") != str(upload.key):
        messages.warning(request, _("Meanwhile another file was read. Look at it again."))
        return redirect("coverage_check", key=obliged.key) if upload else redirect("coverage")
    if request.POST.get("what") == "discard":
        discard(upload)
        messages.success(request, _("What was read is forgotten; nothing has changed."))
        return redirect("coverage")
    get_object_or_404(ObligedUpload.objects.filter(people__isnull=False).distinct(), key=upload.key)
    confirm(upload, at=timezone.now())
    messages.success(request, _("The list is in force."))
    return redirect("coverage_list", key=obliged.key)


def _preview(request: HttpRequest, upload: ObligedUpload) -> dict[str, object]:
    before = current(upload.obliged)
    changed = difference(upload) if before else None
    found = standings(upload, at=timezone.now())
    refusals = [Refusal(**one) for one in upload.refused]
    return {
        "obliged": upload.obliged,
        "upload": upload,
        "titles": _titles(upload.obliged),
        "all": figures_of(found),
        "refused": refusals[:SAMPLE],
        "refused_total": len(refusals),
        "people": found[:SAMPLE],
        "before": before,
        "added": changed.added[:SAMPLE] if changed else [],
        "added_total": len(changed.added) if changed else 0,
        "gone": changed.gone[:SAMPLE] if changed else [],
        "gone_total": len(changed.gone) if changed else 0,
    }


def _titles(obliged: ObligedList) -> list[str]:
    return [title for key, title in courses_to_ask_for() if str(key) in obliged.courses]
