"""From an address to a page in one query: Wagtail's own routing costs two for each level.

A process remembers which page stood at an address and of which class it is. The page itself is
always read fresh, and only if it is live and still stands at that address; anything else takes
Wagtail's own way. Access checks are Wagtail's hooks, which run for every page.
"""

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail import views as wagtail_views
from wagtail.models import Page, Site

from cms.languages import content_language

_MOST = 10_000
_remembered: dict[str, tuple[int, type[Page]]] = {}


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at `path` below the home page of the active language. Raises Http404."""
    page = page_at(path)
    if page is None:
        response: HttpResponse = wagtail_views.serve(request, path)
        return response
    chain = wagtail_views.serve_chain
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        chain = hook(chain)
    for hook in hooks.get_hooks("before_serve_page"):
        result = hook(page, request, [], {})
        if isinstance(result, HttpResponse):
            return result
    response = chain(page, request, [], {})
    return response


def page_at(path: str) -> Page | None:
    """Return the live page at this address, as its own class; None leaves it to Wagtail."""
    roots = _roots()
    if len(roots) != 1:
        return None  # several sites, or a language without pages: Wagtail knows which one
    address = f"{roots[0]}{path}"
    known = _remembered.get(address)
    if known is None:
        return _find(address)
    pk, model = known
    page: Page | None = model.objects.filter(pk=pk, url_path=address, live=True).first()
    if page is None:
        del _remembered[address]
        return _find(address)
    return page


def _find(address: str) -> Page | None:
    page = Page.objects.filter(url_path=address, live=True).first()
    if page is None:
        return None
    specific: Page = page.specific
    if len(_remembered) >= _MOST:
        _remembered.clear()
    _remembered[address] = specific.pk, type(specific)
    return specific


def _roots() -> list[str]:
    language = content_language()
    paths = Site.get_site_root_paths()
    return [root.root_path for root in paths if root.language_code == language]
