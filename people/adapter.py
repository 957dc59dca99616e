"""How accounts behave here: where people land, and in which language mail is written."""

import math
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from people.models import User
from serbian import in_script


def _too_many_tries() -> str:
    """Say for how long: the longest of the limits that are set."""
    rates = parse_rates(app_settings.RATE_LIMITS.get("login_failed"))
    minutes = math.ceil(max((rate.duration for rate in rates), default=0) / 60)
    if not minutes:
        return _("Too many failed login attempts. Try again later.")
    words = ngettext(
        "Too many wrong tries in a row. Try again in %(minutes)d minute.",
        "Too many wrong tries in a row. Try again in %(minutes)d minutes.",
        minutes,
    )
    return words % {"minutes": minutes}


@dataclass(frozen=True)
class _Site:
    """The site as mail names it: never by the host that a request came to."""

    name: str
    domain: str
    address: str


class AccountAdapter(DefaultAccountAdapter):
    """allauth, speaking the person's language and script."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": lazy(_too_many_tries, str)()
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """After signing in the site speaks the language that the person chose."""
        if isinstance(request.user, User):
            with override(request.user.language):
                return reverse("my_learning")
        return reverse("my_learning")

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """What is said on signing in is said in the language of the page that follows."""
        following = more.get("redirect_url") or get_next_redirect_url(request) or ""
        prefix = urlsplit(str(following)).path.lstrip("/").partition("/")[0]
        with override(prefix if prefix in dict(settings.LANGUAGES) else user.language):
            response: HttpResponse = super().post_login(request, user, **more)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail names the site, and leads to it, as SITE_URL says."""
        here = self.request.build_absolute_uri("/") if self.request else f"{settings.SITE_URL}/"
        told = {
            name: value.replace(here, f"{settings.SITE_URL}/", 1)
            if isinstance(value, str) and value.startswith(here)
            else value
            for name, value in context.items()
        }
        name = settings.WAGTAIL_SITE_NAME
        site = _Site(name=name, domain=name, address=settings.SITE_URL)
        super().send_mail(template_prefix, email, {"current_site": site} | told)

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None
    ) -> Any:
        """Serbian mail is written in Cyrillic and converted for those who read Latin."""
        mail = super().render_mail(template_prefix, email, context, headers)
        language = get_language() or ""
        mail.subject = in_script(mail.subject, language)
        mail.body = in_script(mail.body, language)
        return mail
