"""My reports: keep one, open it, change it, forget it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.models import Mandate
from people.signed_in import signed_in
from reports.chosen import Chosen, chosen
from reports.field_names import said_on_page
from reports.filters import UnreadableFilter
from reports.models import SavedView
from reports.saved.forms import NameForm, ViewForm
from reports.saved.keeping import keep, kept_by, open_to, query_as_of
from reports.saved.sending import schedule


@login_required
@require_GET
def list_views(request: HttpRequest) -> HttpResponse:
    """List the reader's own reports, and when a letter about each is due."""
    chosen(request, "")
    return render(request, "reports/saved/list.html", {"views": kept_by(signed_in(request))})


@login_required
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the page under a name."""
    here = chosen(request, request.POST.get("mandate", ""))
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            view = _keep(request, here, form.cleaned_data)
        except ValidationError as refused:
            form.add_error("name", refused.messages)
        except UnreadableFilter as unreadable:
            form.add_error("name", said_on_page(unreadable))
        else:
            messages.success(request, _("Saved. You find it under “My reports”."))
            return redirect("open_report", view.key)
    context = {"form": form, "mandate": here.mandate}
    return render(request, "reports/saved/save.html", context, status=400)


@login_required
@require_GET
def open_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lead to the report as the reader's own mandate shows it, never as that of who shares it.

    With `as_of`, as a letter has it, to the report as it stood then, of the days of then.
    """
    here = chosen(request, "")
    try:
        view = open_to(signed_in(request), key)
    except SavedView.DoesNotExist as unknown:
        raise Http404 from unknown
    if view.owner != signed_in(request):
        words = _("“%(name)s” was shared with you. You see of it what your own mandate covers.")
        messages.info(request, words % {"name": view.name})
    query = query_as_of(view, request.GET.dict())
    parts = [query, Chosen(_of_today(view, here), here.mandates).query]
    return redirect(f"{reverse('reports')}?{'&'.join(part for part in parts if part)}")


@login_required
@require_http_methods(["GET", "POST"])
def change_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Rename, share, and say how often a letter comes."""
    here, view = chosen(request, ""), _own(request, key)
    name = view.name
    form = ViewForm(request.POST or None, instance=view)
    if request.method == "POST" and form.is_valid():
        _change(form, here)
        messages.success(request, _("Your changes are saved."))
        return redirect("change_report", view.key)
    context = {
        "form": form,
        "name": name,
        "view": view,
        "link": request.build_absolute_uri(reverse("open_report", args=[view.key])),
    }
    return render(request, "reports/saved/change.html", context)


@login_required
@require_POST
def delete_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Forget one of the reader's own reports; the people in it stay as they are."""
    view = _own(request, key)
    view.delete()
    messages.success(request, _("“%(name)s” is deleted.") % {"name": view.name})
    return redirect("report_views")


def _keep(request: HttpRequest, here: Chosen, said: dict[str, Any]) -> SavedView:
    return keep(
        user=signed_in(request),
        mandate=here.mandate,
        name=said["name"],
        query=said["query"],
        at=timezone.now(),
    )


@transaction.atomic
def _change(form: ViewForm, here: Chosen) -> None:
    view, said = form.instance, form.cleaned_data
    SavedView.objects.filter(pk=view.pk).update(
        name=said["name"],
        is_shared=said["is_shared"],
        mandate=_of_today(view, here),
    )
    if {"every", "is_paused"} & set(form.changed_data):
        schedule(view=view, every=said["every"], is_paused=said["is_paused"], at=timezone.now())


def _of_today(view: SavedView, here: Chosen) -> Mandate:
    """Return the mandate within which a report was kept, or one that holds in its place."""
    return next((one for one in here.mandates if one.pk == view.mandate_id), here.mandate)


def _own(request: HttpRequest, key: UUID) -> SavedView:
    chosen(request, "")
    return get_object_or_404(SavedView, key=key, owner=signed_in(request))
