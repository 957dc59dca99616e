"""The site's addresses, and one that breaks: a page that nobody hopes to see is looked at too."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import urls
from config.urls import handler403, handler404, handler500
from tests.e2e.site import BROKEN

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose, by a browser test")


# The site's last pattern takes whatever is left, so this one comes before.
urlpatterns = [*i18n_patterns(path(BROKEN, breaks)), *urls.urlpatterns]
