"""An activity that the reader's language lacks, shown among the pages of that language."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cms.routing import serve_page
from courses.outline import page_of


@require_safe
def activity_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an activity in the nearest language; what the reader's own has is at its own address."""
    page = page_of(key=key)
    if page is None:
        raise Http404
    return serve_page(request, page) if page.foreign else redirect(page.url)
