"""One try: what is sent, how it is signed, and what is written down about it."""

import json
import time
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from lrs.forwarding.outcomes import Undelivered, judge
from lrs.forwarding.sealing import SecretUnreadable, unseal
from reports.models import Hint, Webhook
from reports.webhooks.endpoints import EndpointRefused
from reports.webhooks.sending import post
from reports.webhooks.signing import signed_headers

NEWS, TEST = "completions.changed", "test"
FAILURES = (Undelivered, EndpointRefused, SecretUnreadable)
_KEPT = 100


def send(webhook: Webhook, *, message: UUID, kind: str, at: datetime) -> Hint:
    """Send a hint and write down how it went. Raises one of FAILURES.

    It says that there is something, not what: nothing of anybody is in it.
    """
    body = json.dumps({"type": kind, "timestamp": at.isoformat(), "data": {}}).encode()
    hint = Hint(webhook=webhook, message=message, at=at, is_test=kind == TEST)
    began = time.monotonic()
    try:
        signed = signed_headers(message=message, at=at, body=body, secrets_=_secrets(webhook, at))
        headers = {"Content-Type": "application/json", "User-Agent": "Putokaz", **signed}
        hint.status, answered, text = post(webhook.endpoint, headers=headers, body=body)
        judge(hint.status, answered, text, now=timezone.now())
    except FAILURES as error:
        hint.problem = str(error)
        raise
    finally:
        hint.milliseconds = int((time.monotonic() - began) * 1000)
        hint.save()
        _forget_old(webhook)
    return hint


def _secrets(webhook: Webhook, at: datetime) -> list[str]:
    sealed = [webhook.secret]
    if webhook.old_secret_until and webhook.old_secret_until > at:
        sealed.append(webhook.old_secret)
    return [unseal(one) for one in sealed]


def _forget_old(webhook: Webhook) -> None:
    kept = webhook.hints.values_list("pk", flat=True)[:_KEPT]
    webhook.hints.exclude(pk__in=list(kept)).delete()
