"""Nobody with a role gets anywhere without the second factor.

allauth has no setting that requires one, so this stands in front of every address.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from people.models import User
from people.roles import needs_second_factor
from people.second_factor import has_second_factor, passed_second_factor

Next = Callable[[HttpRequest], HttpResponse]
_ACCOUNT = tuple(f"/{code}/account/" for code, _name in settings.LANGUAGES)
_OPEN = ("/static/", "/media/", "/healthz", "/demo/mail", *_ACCOUNT)


def require_second_factor(get_response: Next) -> Next:
    """Send people with a role to set up, or to use, their second factor first."""

    def respond(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or _is_open(request.path) or not needs_second_factor(user):
            return get_response(request)
        if passed_second_factor(request):
            return get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "A second factor is required."}, status=403)
        return _show_the_way(request, user)

    return respond


def _is_open(path: str) -> bool:
    return path.startswith(_OPEN)


def _show_the_way(request: HttpRequest, user: User) -> HttpResponse:
    if has_second_factor(user):
        # The account has a second factor, this session did not use it.
        logout(request)
        messages.info(request, _("Sign in again, with the code from your authenticator."))
        return redirect("account_login")
    messages.info(request, _("Your role needs a second factor. Set it up now; it takes a minute."))
    return redirect("mfa_activate_totp")
