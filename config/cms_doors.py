"""Wagtail's own doors to an account, shut: signing in, passwords and addresses are allauth's."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView

# Name, address, picture and password are not Wagtail's to keep.
_PREFERENCES = {"notifications", "locale", "theme"}


def cms_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead visitors to the sign-in page; whoever is signed in has no business in the CMS."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/cms/"), login_url="account_login")


class PreferencesView(AccountView):
    """How the CMS looks and what it writes to its user; nothing about the account itself."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if panel.name in _PREFERENCES]


cms_account = never_cache(require_admin_access(PreferencesView.as_view()))


def closed(request: HttpRequest, *args: str) -> HttpResponse:
    """An address of a package that this site does not offer."""
    raise Http404
