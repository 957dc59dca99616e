"""Who may come in: holders of a mandate that sees names, each to the lists of their own."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from people.mandates import mandates_of
from people.models import Mandate
from people.signed_in import signed_in
from reports.models import ObligedList

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]


class SeesNoNames(PermissionDenied):
    """The mandate has no right to names: a list of people is none of its holder's business."""


def for_holders(view: View[Given]) -> View[Given]:
    """Let in whoever is signed in; say why to a holder whose mandate sees no names."""

    @wraps(view)
    def guarded(
        request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs
    ) -> HttpResponseBase:
        try:
            answer = view(request, *args, **kwargs)
        except SeesNoNames:
            answer = render(request, "reports/coverage/no_names.html", status=403)
        # Names stand on it: no cache between keeps it.
        answer["Cache-Control"] = "no-store, private"
        return answer

    return login_required(guarded)


def mandates_with_names(request: HttpRequest) -> list[Mandate]:
    """Return the person's mandates that see names. Raises PermissionDenied, SeesNoNames."""
    mandates = mandates_of(user=signed_in(request), at=timezone.now())
    if not mandates:
        raise PermissionDenied
    seeing = [mandate for mandate in mandates if mandate.identified]
    if not seeing:
        raise SeesNoNames
    return seeing


def mandate_of(request: HttpRequest) -> Mandate:
    """Return the mandate that the address names, or the first that sees names.

    Raises PermissionDenied, SeesNoNames.
    """
    wanted = request.GET.get("mandate", "")
    mandates = mandates_of(user=signed_in(request), at=timezone.now())
    if wanted and wanted not in {str(mandate.pk) for mandate in mandates}:
        raise PermissionDenied
    for mandate in mandates_with_names(request):
        if not wanted or str(mandate.pk) == wanted:
            return mandate
    raise SeesNoNames


def own_list(request: HttpRequest, key: UUID) -> ObligedList:
    """Return a list of one of the person's mandates. Raises PermissionDenied, SeesNoNames, Http404.

    A list of somebody else does not exist, nor does one whose time is over.
    """
    now = timezone.now()
    mandates = mandates_of(user=signed_in(request), at=now)
    if not mandates:
        raise PermissionDenied
    lists = ObligedList.objects.filter(mandate__in=mandates, ends_on__gte=timezone.localdate(now))
    found = lists.filter(key=key).select_related("mandate").first()
    if found is None:
        raise Http404
    if not found.mandate.identified:
        raise SeesNoNames
    return found
