"""The demo's post box: what the site has sent, and the codes of demo accounts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from people.models import User
from people.second_factor import current_code, has_second_factor

_NEWEST = 30


@dataclass(frozen=True)
class Mail:
    sent_at: datetime
    to: str
    subject: str
    text: str


@never_cache
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Show kept mail, newest first. Exists only in the demo."""
    if not settings.DEMO:
        raise Http404
    accounts = User.objects.filter(is_demo=True, groups__isnull=False).distinct()
    codes = [(user, current_code(user)) for user in accounts if has_second_factor(user)]
    return render(request, "demo_mail.html", {"mails": _kept(), "codes": codes})


def _kept() -> list[Mail]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), reverse=True)[:_NEWEST] if folder.exists() else []
    mails = [mail for file in files for mail in _mails_in(file)]
    return sorted(mails, key=lambda mail: mail.sent_at, reverse=True)[:_NEWEST]


def _mails_in(file: Path) -> list[Mail]:
    # Django's file backend ends each message with a line of 79 hyphens.
    parts = file.read_bytes().split(b"-" * 79 + b"\n")
    return [_mail(part) for part in parts if part.strip()]


def _mail(raw: bytes) -> Mail:
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    sent_at = parsedate_to_datetime(str(message["Date"]))
    if sent_at.tzinfo is None:
        sent_at = sent_at.replace(tzinfo=UTC)  # "-0000": a time in UTC from nowhere in particular
    return Mail(
        sent_at=sent_at,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
    )
