"""Tell each client that there is news for it: at most once a minute, until it has taken it."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db.models import Q, QuerySet

from lrs.alongside import end, following, horizon, last_place
from lrs.feed import Place, current_epoch
from lrs.forwarding.outcomes import Unreachable
from lrs.forwarding.pauses import pause
from reports.feed import told_to
from reports.mandated import mandate_today
from reports.models import CompletionChange, Webhook
from reports.pruning import is_pruned
from reports.scopes import covered_by
from reports.webhooks.hints import FAILURES, NEWS, send
from reports.webhooks.telling import tell_given_up

EVERY = timedelta(minutes=1)
_GONE = 410


def deliver_due(*, at: datetime) -> None:
    """Hint at every client that has news and is not to be left alone for a while."""
    for webhook in due(at=at):
        _look(webhook, at)


def due(*, at: datetime) -> "QuerySet[Webhook]":
    """Return the webhooks that may be tried now."""
    rested = Q(tried_at=None) | Q(tried_at__lte=at - EVERY)
    ready = Q(next_try=None) | Q(next_try__lte=at)
    return Webhook.objects.filter(rested, ready, is_active=True).select_related("client")


def place_now() -> Place:
    """Return the place after everything that can be read: what comes later is news."""
    return end(horizon(CompletionChange.objects.all()))


def _look(webhook: Webhook, at: datetime) -> None:
    """Look what has come since the last hint; tell of it, or remember that it concerned others."""
    place, has_news = _since(webhook, at)
    if not (has_news or webhook.message):
        _note(webhook, **_as_columns(place))
        return
    mine = Webhook.objects.filter(pk=webhook.pk, tried_at=webhook.tried_at, is_active=True)
    message = webhook.message or uuid4()
    if mine.update(tried_at=at, message=message):  # else another worker was faster
        _tell(webhook, message=message, place=place, at=at)


def _since(webhook: Webhook, at: datetime) -> tuple[Place, bool]:
    """Return the place up to which was looked, and whether something concerns this client."""
    mandate = mandate_today(client=webhook.client, at=at)
    log = CompletionChange.objects.all()
    until = horizon(log)
    place = Place(webhook.epoch or current_epoch(), webhook.transaction, webhook.sequence)
    if place.epoch != current_epoch() or is_pruned(place):
        return end(until), mandate is not None
    last = last_place(log, place, until)
    if mandate is None or last == place:
        return last, False
    now = covered_by(mandate)
    return last, following(told_to(log, [now], now), place, until).exists()


def _tell(webhook: Webhook, *, message: object, place: Place, at: datetime) -> None:
    try:
        send(webhook, message=message, kind=NEWS, at=at)  # type: ignore[arg-type]
    except FAILURES as error:
        _put_off(webhook, error, at)
    else:
        _note(webhook, **_as_columns(place), **_healthy(), message=None, told_at=at)


def _put_off(webhook: Webhook, error: Exception, at: datetime) -> None:
    """Try again later; after days without success, or when it is said to be gone, never."""
    since, failures = webhook.failing_since or at, webhook.failures + 1
    asked = error.wait if isinstance(error, Unreachable) else 0
    values = {
        "failing_since": since,
        "failures": failures,
        "reason": str(error),
        "next_try": at + pause(failures, at_least=asked),
    }
    days = timedelta(days=settings.WEBHOOK_GIVE_UP_DAYS)
    if at - since < days and not str(error).startswith(f"{_GONE}"):
        _note(webhook, **values)
        return
    _note(webhook, **values, is_active=False, given_up_at=at)
    tell_given_up.enqueue(webhook.pk)


def _healthy() -> dict[str, object]:
    return {"failing_since": None, "failures": 0, "next_try": None, "reason": ""}


def _as_columns(place: Place) -> dict[str, object]:
    return {"epoch": place.epoch, "transaction": place.transaction, "sequence": place.sequence}


def _note(webhook: Webhook, **values: object) -> None:
    """Write only what differs: to look and find nothing leaves no trace."""
    if any(getattr(webhook, name) != value for name, value in values.items()):
        Webhook.objects.filter(pk=webhook.pk).update(**values)
