"""An administrator lets somebody in: an account without a password, and a link to choose one."""

from collections.abc import Iterable
from typing import Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override

from people.letters import send_letter
from people.models import User
from people.roles import role_words

_SECONDS_A_DAY = 86_400


def invite(*, email: str, language: str, roles: Iterable[Group], **about: Any) -> User:
    """Make the account and send the invitation.

    Nobody can sign in to it before the link was opened: it has no password, and the address
    counts as confirmed only then.
    """
    user = User.objects.create_user(email, None, language=language, **about)
    user.complete_names()
    user.save()
    user.groups.set(roles)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    context = {
        "address": _password_address(user),
        "days": settings.PASSWORD_RESET_TIMEOUT // _SECONDS_A_DAY,
        "roles": _roles(user),
    }
    send_letter(to=user, template="people/mail/invitation", context=context)
    return user


def tell_of_roles(user: User) -> None:
    """Write to somebody whose roles were changed: what they are now, and what they ask for."""
    with override(user.language):
        address = f"{settings.SITE_URL}{reverse('my_learning')}"
    context = {"roles": _roles(user), "address": address}
    send_letter(to=user, template="people/mail/roles", context=context)


def confirm_address(*, user: User, **signal: Any) -> None:
    """Count the address as confirmed: the link to choose a password went there and nowhere else."""
    addresses = EmailAddress.objects.filter(user=user)
    if [address.email for address in addresses] == [user.email]:
        addresses.update(verified=True)


def _password_address(user: User) -> str:
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    with override(user.language):
        path = reverse(
            "account_reset_password_from_key",
            kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
        )
    return f"{settings.SITE_URL}{path}"


def _roles(user: User) -> str:
    with override(user.language):
        return ", ".join(str(role_words(group.name)) for group in user.groups.order_by("name"))
