"""Nobody with a role gets further than a visitor without the second factor.

allauth has no setting that requires one, so this stands in front of every address.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from people.models import User
from people.roles import needs_second_factor
from people.second_factor import has_second_factor, passed_second_factor

Next = Callable[[HttpRequest], HttpResponse]
_ACCOUNT = tuple(f"/{code}/account/" for code, _name in settings.LANGUAGES)
_DEMO_MAIL = tuple(f"/{code}/demo/mail/" for code, _name in settings.LANGUAGES)
_OPEN = ("/static/", "/media/", "/healthz", "/demo/mail", *_DEMO_MAIL, *_ACCOUNT)
_CMS = "/cms/"
# Pages that a visitor may read: those of the site and the verification of a certificate.
_FOR_VISITORS = {
    "robots",
    "wagtail_serve",
    "page_in_language",
    "verify",
    "verify_code",
    "verify_short",
    "verify_json",
    "verify_upload",
    "verify_fingerprint",
    "verify_offline",
    "offline_worker",
    "offline_worker_short",
    "offline_data",
    "shared_certificate",
    "shared_file",
}


class KnownVisitor(AnonymousUser):
    """Somebody with a role who has not shown the second factor: a visitor, but for the name.

    Not a `User` and not authenticated, so that no right, draft or enrolment can be seen by it.
    """

    awaits_second_factor = True

    def __init__(self, person: User) -> None:
        super().__init__()
        self._person = person

    @property
    def shown_name(self) -> str:
        """The name for the corner of the page."""
        return self._person.short_name or self._person.email


def require_second_factor(get_response: Next) -> Next:
    """Show people with a role what a visitor sees, and ask for the second factor for the rest."""

    def respond(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or _is_open(request.path) or not needs_second_factor(user):
            return get_response(request)
        if passed_second_factor(request):
            return get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "A second factor is required."}, status=403)
        if _is_for_visitors(request.path_info):
            request.user = KnownVisitor(user)
            return get_response(request)
        return _show_the_way(request, user)

    return respond


def _is_open(path: str) -> bool:
    return path.startswith(_OPEN)


def _is_for_visitors(path: str) -> bool:
    if path.startswith(_CMS):
        return False
    try:
        return resolve(path).url_name in _FOR_VISITORS
    except Resolver404:
        return True  # nothing is there, or only the way to the address with its language


def _show_the_way(request: HttpRequest, user: User) -> HttpResponse:
    if has_second_factor(user):
        # The account has a second factor, this session did not use it.
        logout(request)
        messages.info(request, _("Sign in again, with the code from your authenticator."))
        return redirect("account_login")
    messages.info(request, _("Your role needs a second factor. Set it up now; it takes a minute."))
    return redirect("mfa_activate_totp")
