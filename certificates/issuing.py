"""Issue a certificate when a course is completed: at least once attempted, exactly once issued.

The sheet is drawn and sealed outside any transaction, then stored, then said in the log.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from certificates.claims import claim_of
from certificates.drawing import draw_sheet
from certificates.models import Decision, Sheet
from certificates.renewing import begin_renewal
from certificates.sharing import share_on
from certificates.sheets import begin_sheet, lease, store
from courses.models import Enrolment
from lrs.events import Event
from lrs.log import record
from lrs.models import Statement
from lrs.reactions import Reaction
from people.actors import people_of
from xapi import statements, types, verbs


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


def issue(*, registration: UUID, at: datetime) -> Sheet | None:
    """Issue the certificate of a completed enrolment; return the one there is already.

    For a short refresher that is the renewed certificate, if there was one to renew. None if the
    person has been erased since, or the course was not completed. Raises BeingIssued while another
    worker is at it.
    """
    sheet = brought_by(registration) or _begin(registration, at)
    return sheet and finish(sheet, at=at)


def brought_by(registration: UUID) -> Sheet | None:
    """Return the sheet that a completed enrolment has brought: of its own, or a renewal."""
    own = Q(registration=registration, generation=1)
    return Sheet.objects.filter(own | Q(refresher_registration=registration)).first()


def _begin(registration: UUID, at: datetime) -> Sheet | None:
    """Begin a renewal where there is one to begin, else a certificate of the course itself.

    That is decided once: whoever comes second finds what the first has begun.
    """
    with transaction.atomic():
        Enrolment.objects.select_for_update().get(registration=registration)
        begun = brought_by(registration)
        claim = None if begun else claim_of(registration)
        if claim is None:
            return begun
        return begin_renewal(claim, at=at) or begin_sheet(
            registration=registration, generation=1, fields=claim.fields, at=at
        )


def finish(sheet: Sheet, *, at: datetime) -> Sheet | None:
    """Draw, seal and store a sheet that was begun, and say so in the log; at most once.

    None if the person has been erased since. Raises BeingIssued while another worker is at it.
    """
    if not sheet.sha256:
        enrolment = Enrolment.objects.get(registration=sheet.registration)
        if not people_of([enrolment.learner]):
            return None
        held = lease(sheet, at=at)
        paper = draw_sheet(held, at=at)
        sheet = store(held, pdf=paper.pdf, data={"credential": paper.jwt, "badge": paper.badge})
    with transaction.atomic():
        _record_earned(sheet, at)
        share_on(sheet)
    return sheet


def _record_earned(sheet: Sheet, at: datetime) -> None:
    enrolment = Enrolment.objects.get(registration=sheet.registration)
    statement = statements.earned(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=sheet.registration,
        certificate=sheet.key,
        at=at,
        facts=facts_of(sheet),
    )
    record([statement], at=at)


def facts_of(sheet: Sheet) -> dict[str, Any]:
    """Return what stands in the log about a certificate that was earned."""
    facts: dict[str, Any] = {
        "serial": sheet.serial,
        "sha256": sheet.sha256,
        "edition": sheet.edition,
        "minutes": sheet.minutes,
        "class": sheet.certificate_class,
        "law-as-of": sheet.law_as_of.isoformat(),
        "generation": sheet.generation,
    }
    if sheet.valid_until:
        facts["valid-until"] = sheet.valid_until.isoformat()
    if sheet.renewed_on:
        facts["renewed-on"] = sheet.renewed_on.isoformat()
        facts["refresher"] = str(sheet.refresher_key)
        facts["refresher-edition"] = sheet.refresher_edition
        facts["refresher-minutes"] = sheet.refresher_minutes
    if sheet.refresher_registration:
        facts["renews"] = str(sheet.replaces)
        facts["refresher-registration"] = str(sheet.refresher_registration)
    elif sheet.replaces:
        decision = Decision.objects.get(certificate=sheet.replaces)
        facts |= {"replaces": str(sheet.replaces), **decision.facts}
    return facts
