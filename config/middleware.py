"""What every request and response has in common: who asks, content policy, script."""

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

from serbian import page_to_latin

Next = Callable[[HttpRequest], HttpResponse]

LATIN_PREFIX = "/sr-latn/"
CMS_PREFIX = "/cms/"
API_PREFIX = "/api/"
# Wagtail's admin has inline scripts and styles and no nonces; nothing else is loosened.
CMS_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "object-src": [NONE],
}
# An uploaded file opened by itself may run nothing.
MEDIA_PREFIXES = ("/media/", "/documents/")


def visitor_address(get_response: Next) -> Next:
    """Behind trusted proxies, count tries by the address that the outermost of them saw.

    Otherwise everybody would come from the proxy, and share one rate limit.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        count = settings.TRUSTED_PROXIES
        seen = request.headers.get("X-Forwarded-For", "").split(",")
        if count and len(seen) >= count and seen[-count].strip():
            request.META["REMOTE_ADDR"] = seen[-count].strip()
        return get_response(request)

    return respond


class LanguageOfTheAddress(LocaleMiddleware):
    """The language of a page stands in its address; what programs ask for has none."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Lead to a page in a language, but no program that has mistyped an address."""
        if request.path.startswith(API_PREFIX):
            return response
        return super().process_response(request, response)


def content_policy(get_response: Next) -> Next:
    """Give the CMS a policy of its own and uploaded files none of the site's rights."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(CMS_PREFIX):
            response._csp_replace = CMS_POLICY  # type: ignore[attr-defined]
        elif request.path.startswith(MEDIA_PREFIXES):
            response._csp_update = {"sandbox": ""}  # type: ignore[attr-defined]
        return response

    return respond


def latin_script(get_response: Next) -> Next:
    """Show Serbian pages below /sr-latn/ in Latin; they are written in Cyrillic only."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        html = response.get("Content-Type", "").startswith("text/html")
        if request.path.startswith(LATIN_PREFIX) and html and not response.streaming:
            response.content = page_to_latin(response.content.decode()).encode()
            if response.has_header("Content-Length"):
                # Measured further in, on the Cyrillic page: two bytes a letter, not one.
                response["Content-Length"] = str(len(response.content))
        return response

    return respond
