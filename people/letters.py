"""Mail to one person, in that person's language and script."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from people.models import User
from serbian import in_script


def send_letter(*, to: User, template: str, context: dict[str, Any]) -> None:
    """Send the letter whose subject and text are `template`_subject.txt and `template`.txt."""
    with override(to.language):
        told = {"reader": to, "site_address": settings.SITE_URL} | context
        subject, text = (
            in_script(render_to_string(f"{template}{end}", told).strip(), to.language)
            for end in ("_subject.txt", ".txt")
        )
    EmailMessage(subject, text, to=[to.email]).send()
