"""The second factor: TOTP with recovery codes, required of everyone with a role."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt, is_mfa_enabled
from django.http import HttpRequest

from people.models import User

SESSION_MFA = "mfa"


def has_second_factor(user: User) -> bool:
    """Return whether the person has set up TOTP."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def enrol_totp(*, user: User, secret: str) -> None:
    """Set up TOTP with a known secret (base32): for the demo and for tests."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)


def current_code(user: User) -> str:
    """Return the code that the authenticator of a demo account would show now."""
    if not user.is_demo:
        raise PermissionError("codes are shown for demo accounts only")
    authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    secret = decrypt(authenticator.data["secret"])
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def passed_second_factor(request: HttpRequest) -> bool:
    """Return whether this session was opened with the second factor."""
    # Without the user the list is always empty: the records belong to whom they name.
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == SESSION_MFA for record in records)
