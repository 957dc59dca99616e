"""Issue a certificate when a course is completed: at least once attempted, exactly once issued.

The sheet is drawn outside any transaction. Serial, code and file stand in one row whose
registration is unique; of two workers that race, one row wins and the other's file is dropped.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from certificates.models import SerialCounter, Sheet, new_code
from certificates.renderer import render_sheet
from courses.models import CoursePage, Enrolment
from lrs.events import Event
from lrs.log import record
from lrs.models import Statement
from lrs.reactions import Reaction
from people.actors import people_of
from people.models import User
from xapi import statements, types, verbs
from xapi.iris import NAMESPACE


@task()
def issue_for_completion(statement_id: str) -> None:
    """Issue the certificate that a `completed` statement of a course has earned."""
    event = Event.of(Statement.objects.get(id=statement_id))
    if event.registration:
        issue(registration=event.registration, at=timezone.now())


REACTION = Reaction(
    name="issue certificate",
    verb=verbs.COMPLETED.id,
    activity_type=types.COURSE,
    task=issue_for_completion,
)


@dataclass(frozen=True)
class Claim:
    """Everything that will stand on the sheet, but serial and code."""

    enrolment: Enrolment
    person: User
    title_en: str
    title_sr: str
    law_as_of: date
    completed_on: date


def issue(*, registration: UUID, at: datetime) -> Sheet | None:
    """Issue the certificate of a completed enrolment; return the one there is already.

    None if the person has been erased since, or the course was not completed.
    """
    sheet = Sheet.objects.filter(registration=registration).first()
    if sheet is None:
        claim = _claim(registration)
        if claim is None:
            return None
        sheet = _store(_fill_in(claim, at))
    _record_earned(sheet, at)
    return sheet


def _claim(registration: UUID) -> Claim | None:
    enrolment = Enrolment.objects.get(registration=registration)
    person = people_of([enrolment.learner]).get(enrolment.learner)
    if person is None or enrolment.completed_at is None:
        return None
    titles: dict[str, str] = dict(
        CoursePage.objects.filter(translation_key=enrolment.course).values_list(
            "locale__language_code", "title"
        )
    )
    completed = statements_facts(registration)
    return Claim(
        enrolment=enrolment,
        person=person,
        title_en=titles["en"],
        title_sr=titles.get("sr", titles["en"]),
        law_as_of=date.fromisoformat(completed["law-as-of"]),
        completed_on=timezone.localdate(enrolment.completed_at),
    )


def statements_facts(registration: UUID) -> dict[str, str]:
    """Return what the `completed` statement of the course says: rule, hours, law as of."""
    row = Statement.objects.filter(
        registration=registration, verb=verbs.COMPLETED.id, activity_type=types.COURSE
    ).latest("stored")
    return Event.of(row).facts


def _fill_in(claim: Claim, at: datetime) -> Sheet:
    sheet = Sheet(
        key=uuid5(NAMESPACE, f"certificate {claim.enrolment.registration}"),
        registration=claim.enrolment.registration,
        serial=_next_serial(at),
        code=new_code(),
        name_cyrillic=claim.person.name_cyrillic,
        name_latin=claim.person.name_latin,
        course_title_en=claim.title_en,
        course_title_sr=claim.title_sr,
        edition=claim.enrolment.edition or 1,
        minutes=claim.enrolment.minutes or 0,
        law_as_of=claim.law_as_of,
        completed_on=claim.completed_on,
        issuer=settings.ISSUER,
        issued_at=at,
    )
    pdf = render_sheet(sheet)
    sheet.sha256 = hashlib.sha256(pdf).hexdigest()
    sheet.file.save(f"{sheet.key}.pdf", ContentFile(pdf), save=False)
    return sheet


def _store(sheet: Sheet) -> Sheet:
    try:
        with transaction.atomic():
            sheet.save(force_insert=True)
    except IntegrityError:
        sheet.file.delete(save=False)
        return Sheet.objects.get(registration=sheet.registration)
    return sheet


def _next_serial(at: datetime) -> str:
    year = timezone.localdate(at).year
    with transaction.atomic():
        SerialCounter.objects.get_or_create(year=year)
        counter = SerialCounter.objects.select_for_update().get(year=year)
        counter.last += 1
        counter.save(update_fields=["last"])
    return f"PTK-{year}-{counter.last:07d}"


def _record_earned(sheet: Sheet, at: datetime) -> None:
    enrolment = Enrolment.objects.get(registration=sheet.registration)
    statement = statements.earned(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=sheet.registration,
        certificate=sheet.key,
        at=at,
        facts={
            "serial": sheet.serial,
            "sha256": sheet.sha256,
            "edition": sheet.edition,
            "minutes": sheet.minutes,
        },
    )
    record([statement], at=at)
