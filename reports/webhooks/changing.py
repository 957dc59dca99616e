"""What an administrator does to a webhook: make it, try it, give it a new secret, set it going."""

from datetime import datetime, timedelta
from uuid import uuid4

from lrs.forwarding.sealing import seal
from reports.models import Hint, Webhook
from reports.webhooks.delivery import place_now
from reports.webhooks.endpoints import checked_endpoint
from reports.webhooks.hints import FAILURES, TEST, send
from reports.webhooks.signing import new_secret


def begin(webhook: Webhook) -> str:
    """Keep a new webhook, which hints at what comes from now on; return its secret.

    Raises EndpointRefused.
    """
    checked_endpoint(webhook.endpoint)
    place, secret = place_now(), new_secret()
    webhook.epoch, webhook.transaction, webhook.sequence = (
        place.epoch,
        place.transaction,
        place.sequence,
    )
    webhook.secret = seal(secret)
    webhook.save()
    return secret


def renew_secret(webhook: Webhook, *, old_days: int, at: datetime) -> str:
    """Return a new secret; for so many days hints are signed with the old one as well."""
    secret = new_secret()
    Webhook.objects.filter(pk=webhook.pk).update(
        secret=seal(secret),
        old_secret=webhook.secret if old_days else "",
        old_secret_until=at + timedelta(days=old_days) if old_days else None,
    )
    return secret


def set_going(webhook: Webhook) -> None:
    """Try again at once, as if it had never failed."""
    Webhook.objects.filter(pk=webhook.pk).update(
        is_active=True,
        failing_since=None,
        failures=0,
        next_try=None,
        given_up_at=None,
        reason="",
    )


def try_out(webhook: Webhook, *, at: datetime) -> Hint:
    """Send a hint that says it is a test; return how it went. It counts neither way."""
    message = uuid4()
    try:
        return send(webhook, message=message, kind=TEST, at=at)
    except FAILURES:
        return webhook.hints.get(message=message)
