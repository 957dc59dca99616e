"""What this room adds to Wagtail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from courses.serving import SERVERS


@hooks.register("before_serve_page")
def serve(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    """Show the pages of this room through their own views."""
    server = SERVERS.get(type(page))
    response: HttpResponse | None = server(request, page) if server else None
    return response
