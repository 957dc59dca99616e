"""What this room adds to Wagtail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from courses.serving import SERVERS


# After Wagtail's own hook, which checks whether the visitor may see the page.
@hooks.register("on_serve_page", order=100)
def serve(follow: Any) -> Any:
    """Show the pages of this room through their own views."""

    def respond(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        server = SERVERS.get(type(page))
        response: HttpResponse = (
            server(request, page) if server else follow(page, request, args, kwargs)
        )
        return response

    return respond
