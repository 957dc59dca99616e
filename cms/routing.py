"""From an address to a page, remembered: Wagtail's own routing costs two queries for each level.

Only live pages are remembered, and only until something is published; anything else takes
Wagtail's own way. Access checks are Wagtail's hooks, which run for every page.
"""

from copy import copy

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail import views as wagtail_views
from wagtail.models import Page, Site

from cms.languages import content_language
from cms.published import kept


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at `path` below the home page of the active language. Raises Http404."""
    page = page_at(path)
    if page is None:
        response: HttpResponse = wagtail_views.serve(request, path)
        return response
    return serve_page(request, page)


def serve_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Serve a page as if its own address had been asked for, with every check on the way."""
    chain = wagtail_views.serve_chain
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        chain = hook(chain)
    for hook in hooks.get_hooks("before_serve_page"):
        result = hook(page, request, [], {})
        if isinstance(result, HttpResponse):
            return result
    response: HttpResponse = chain(page, request, [], {})
    return response


def page_at(path: str) -> Page | None:
    """Return the live page at this address, as its own class; None leaves it to Wagtail."""
    roots = kept(("roots", content_language()), _roots)
    if len(roots) != 1:
        return None  # several sites, or a language without pages: Wagtail knows which one
    address = f"{roots[0]}{path}"
    try:
        return copy(kept(("page", address), lambda: _find(address)))
    except Page.DoesNotExist:
        return None


def _find(address: str) -> Page:
    page = Page.objects.filter(url_path=address, live=True).first()
    if page is None:
        raise Page.DoesNotExist(address)  # what is not there is not remembered either
    specific: Page = page.specific
    return specific


def _roots() -> list[str]:
    language = content_language()
    paths = Site.get_site_root_paths()
    return [root.root_path for root in paths if root.language_code == language]
