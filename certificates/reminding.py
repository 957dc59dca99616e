"""Remind the holder of a certificate before its last day, once."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from certificates.models import Certificate, Sheet
from certificates.models.register import ENDS_SOON
from courses.models import CoursePage
from courses.refreshers import refreshers
from lrs.events import Event
from lrs.models import Statement
from lrs.reactions import Reaction
from people.actors import people_of
from people.letters import send_letter
from xapi import types, verbs


@task()
def plan_reminder(statement_id: str) -> None:
    """Plan the letter for a certificate that was earned for a time; set in motion by `earned`."""
    event = Event.of(Statement.objects.get(id=statement_id))
    until = event.facts.get("valid-until")
    if until:
        remind.using(run_after=due_on(date.fromisoformat(until))).enqueue(str(event.key))


REACTION = Reaction(
    name="remind of expiry",
    verb=verbs.EARNED.id,
    activity_type=types.CERTIFICATE,
    task=plan_reminder,
)


def due_on(last_day: date) -> datetime:
    """Return when the letter is due: in the morning, 60 days before the last day."""
    return timezone.make_aware(datetime.combine(last_day - ENDS_SOON, time(hour=7)))


@task()
def remind(key: str) -> None:
    """Write to the holder, unless the certificate fell or a newer one of the course is there."""
    certificate = Certificate.objects.standing().filter(key=UUID(key)).first()
    if certificate is None or certificate.actor is None:
        return
    newer = Certificate.objects.standing().filter(
        actor=certificate.actor,
        course_key=certificate.course_key,
        earned_at__gt=certificate.earned_at,
    )
    holder = people_of([certificate.actor]).get(certificate.actor)
    sheet = Sheet.objects.filter(key=certificate.key).first()
    if holder and sheet and not newer.exists():
        context: dict[str, Any] = {"sheet": sheet, "course": _course(certificate, holder.language)}
        with override(holder.language):
            context["refresher"] = refreshers().get(certificate.course)
        send_letter(to=holder, template="certificates/mail/expiry", context=context)


def _course(certificate: Certificate, language: str) -> CoursePage | None:
    pages = CoursePage.objects.live().filter(translation_key=certificate.course_key)
    found = {page.locale.language_code: page for page in pages.select_related("locale")}
    return found.get(language.partition("-")[0]) or found.get("en")
