"""Pages that belong to no room: health and errors."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from courses.models import ActivityPage

_ABOUT_PEOPLE = ("verify", "shared", "my", "account")


def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the site can read its database: 200, or 503 for whoever sends it visitors."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines to stay away from pages about people; everything else is theirs to read.

    Source: RFC 9309.
    """
    languages = ("", *(f"/{code}" for code, _name in settings.LANGUAGES))
    paths = ["/cms/", *(f"{start}/{room}/" for start in languages for room in _ABOUT_PEOPLE)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths)]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


def page_in_language(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lead to the same page in the language of this address, or to the nearest there is.

    An activity that the language lacks is shown all the same; of any other page whatever stands
    above it, with a word why.
    """
    page = get_object_or_404(Page.objects.live(), pk=page_id)
    there = _in_active_language([page.translation_key])
    if there:
        return redirect(there.url)
    if ActivityPage.objects.filter(pk=page.pk).exists():
        return redirect("activity", key=page.translation_key)
    messages.info(request, _("The page is not there in this language yet; this is the nearest."))
    above = page.get_ancestors().values_list("translation_key", flat=True)
    nearest = _in_active_language(list(above))
    return redirect(nearest.url if nearest else f"/{get_language()}/")


def _in_active_language(keys: list[UUID]) -> Page | None:
    """Return the live page of the active language with any of these keys, the deepest first."""
    pages = Page.objects.live().filter(translation_key__in=keys, locale=Locale.get_active())
    return next((page for page in pages.order_by("-depth") if page.url), None)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was open too long, or cookies are off: what to do now."""
    return render(request, "403.html", {"stale_form": True}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403, "This is not yours to see.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404, "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: the database may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)


def _error(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": f"{detail} See /api/v1/docs."}, status=status)
    return render(request, f"{status}.html", status=status)
