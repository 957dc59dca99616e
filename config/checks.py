"""What a production site refuses to start with. In the demo none of it applies."""

import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.models import Model
from django.utils import timezone

from certificates.keys import NoKey, PrivateKeyMissing, key_in_use
from certificates.keys.private import private_key
from certificates.models import SigningKey
from certificates.sealing import CannotSeal, end_of_seal
from lrs.actors import Mailboxes
from lrs.retention import RuleRefused, rules
from people.models import User

_OURS = "putokaz"
_SECRET_LENGTH = 50
_SEAL_IS_ORDERED = timedelta(days=60)
_PLACEHOLDER = "https://putokaz.example"


@register(Tags.security, _OURS)
def debug_is_off(**kwargs: Any) -> list[CheckMessage]:
    """Debug pages show settings, code and personal data to whoever causes an error."""
    if settings.DEMO or not settings.DEBUG:
        return []
    return [Error("DEBUG is on.", hint="Use config.settings.production.", id="putokaz.E001")]


@register(Tags.security, _OURS)
def secret_key_is_set(**kwargs: Any) -> list[CheckMessage]:
    """Whoever knows the secret key can sign in as anybody."""
    if settings.DEMO or len(_secret_key()) >= _SECRET_LENGTH:
        return []
    hint = f"Set SECRET_KEY to at least {_SECRET_LENGTH} random characters: see docs/operating.md."
    return [Error("There is no secret key, or it is short.", hint=hint, id="putokaz.E002")]


@register(Tags.database, _OURS)
def no_demo_accounts(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Everybody knows the passwords of demo accounts."""
    if settings.DEMO or "default" not in (databases or []):
        return []
    if not _has_demo_accounts():
        return []
    hint = "Begin with an empty database; the demo's is only for `make run`."
    return [Error("There are demo accounts in the database.", hint=hint, id="putokaz.E003")]


@register(Tags.security, _OURS)
def site_address_is_set(**kwargs: Any) -> list[CheckMessage]:
    """The address is printed on every certificate, for good."""
    if settings.DEMO or settings.SITE_URL != _PLACEHOLDER:
        return []
    hint = "Set SITE_URL to the address that people will type."
    return [Warning("SITE_URL is not set.", hint=hint, id="putokaz.W001")]


@register(Tags.database, _OURS)
def keys_are_there(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Certificates wait until there are keys that sign them as data, public and private half.

    The demo makes its own.
    """
    if settings.DEMO or "default" not in (databases or []) or not _has_table(SigningKey):
        return []
    try:
        for purpose in SigningKey.Purpose:
            private_key(key_in_use(purpose).kid)
    except (NoKey, PrivateKeyMissing) as error:
        return [Warning("Certificates wait for a key.", hint=str(error), id="putokaz.W003")]
    return []


@register(Tags.security, _OURS)
def seal_is_configured(**kwargs: Any) -> list[CheckMessage]:
    """Certificates wait until there is a key to seal them."""
    if settings.SEAL_KEY_FILE or settings.SEAL_PKCS11_MODULE:
        return []
    hint = "Set SEAL_KEY_FILE or SEAL_PKCS11_MODULE: see “The seal” in docs/operating.md."
    return [Warning("No seal is configured: certificates wait.", hint=hint, id="putokaz.W002")]


@register(Tags.security, _OURS, deploy=True)
def seal_lasts(**kwargs: Any) -> list[CheckMessage]:
    """A seal is ordered weeks ahead: 60 days before its end, or when it is of no use already."""
    if not (settings.SEAL_KEY_FILE or settings.SEAL_PKCS11_MODULE):
        return []  # said above
    now = timezone.now()
    try:
        end = end_of_seal(at=now)
    except CannotSeal as error:
        return [Warning("The seal cannot be used.", hint=str(error), id="putokaz.W005")]
    if end > now + _SEAL_IS_ORDERED:
        return []
    hint = "Order a new one now: see “A new key” in docs/operating.md."
    return [Warning(f"The seal ends on {end:%Y-%m-%d}.", hint=hint, id="putokaz.W004")]


@register(Tags.security, _OURS)
def privacy_of_the_log_is_understood(**kwargs: Any) -> list[CheckMessage]:
    """A misspelt word must not store what was meant to be refused, or remove what was to stay."""
    found: list[CheckMessage] = []
    if settings.LRS_MAILBOXES not in list(Mailboxes):
        hint = f"Set LRS_MAILBOXES to one of {', '.join(Mailboxes)}."
        found.append(Error("LRS_MAILBOXES is not understood.", hint=hint, id="putokaz.E004"))
    try:
        rules()
    except RuleRefused as error:
        found.append(Error("LRS_RETENTION is not understood.", hint=str(error), id="putokaz.E005"))
    return found


def refuse_unsafe_start() -> None:
    """Leave the process, with the reason, if this site may not be served."""
    messages = run_checks(tags=[_OURS], databases=["default"])
    errors = [message for message in messages if message.is_serious()]
    if errors:
        reasons = "\n".join(f"{error.msg} {error.hint} ({error.id})" for error in errors)
        sys.exit(f"Putokaz does not start.\n{reasons}")


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's own answer to an empty one
        return ""


def _has_demo_accounts() -> bool:
    return _has_table(User) and User.objects.filter(is_demo=True).exists()


def _has_table(model: type[Model]) -> bool:
    """Say whether the database was migrated; before that there is nobody and nothing at all."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        return model._meta.db_table in connection.introspection.table_names(cursor)
