"""How accounts behave here: where people land, and in which language mail is written."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override

from people.models import User
from serbian import in_script


class AccountAdapter(DefaultAccountAdapter):
    """allauth, speaking the person's language and script."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """After signing in the site speaks the language that the person chose."""
        if isinstance(request.user, User):
            with override(request.user.language):
                return reverse("my_learning")
        return reverse("my_learning")

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None
    ) -> Any:
        """Serbian mail is written in Cyrillic and converted for those who read Latin."""
        mail = super().render_mail(template_prefix, email, context, headers)
        language = get_language() or ""
        mail.subject = in_script(mail.subject, language)
        mail.body = in_script(mail.body, language)
        return mail
