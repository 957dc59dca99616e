"""Correct a certificate, or take it back: by an administrator, with a reason, once and for good."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from certificates.claims import claim_of
from certificates.errors import (
    BeingReplaced,
    HolderUnknown,
    NothingToCorrect,
    NotStanding,
    WordsMissing,
)
from certificates.issuing import finish
from certificates.models import Certificate, Decision, Reason, Sheet
from certificates.sheets import begin_sheet
from certificates.succession import handed_on, hold, is_being_replaced
from lrs.log import record
from people.actors import actor_id
from people.models import User
from xapi import statements

# What may turn out to be wrong on paper. The rest is what the log said on the day of completion.
_MAY_CHANGE = ("name_cyrillic", "name_latin", "course_title_en", "course_title_sr", "modules")


def corrections_of(sheet: Sheet) -> dict[str, tuple[Any, Any]]:
    """Return the fields that would be printed differently today, as (then, now).

    Raises HolderUnknown if the person has been erased.
    """
    claim = claim_of(sheet.registration)
    if claim is None:
        raise HolderUnknown
    pairs = {name: (getattr(sheet, name), claim.fields[name]) for name in _MAY_CHANGE}
    return {name: (then, now) for name, (then, now) in pairs.items() if then != now}


def correct(
    *, certificate: Certificate, by: User, reason: Reason, words: str, at: datetime
) -> Sheet:
    """Begin a sheet in place of a certificate; a task draws it, and only then the old one falls.

    What was earned stays: day, hours, class and validity are those of the old one, and what it was
    renewed with. Raises NotStanding, BeingReplaced, HolderUnknown, NothingToCorrect, WordsMissing.
    """
    old = Sheet.objects.get(key=certificate.key)
    now = {name: pair[1] for name, pair in corrections_of(old).items()}
    if not now:
        raise NothingToCorrect
    with transaction.atomic():
        _decide(certificate, by, reason, words, at)
        sheet = begin_sheet(
            registration=old.registration,
            generation=old.generation + 1,
            fields=handed_on(old) | now | _correction(old, certificate.course),
            at=at,
        )
        finish_sheet.enqueue(str(sheet.key))
    return sheet


@task()
def finish_sheet(key: str) -> None:
    """Draw a sheet that was begun in place of another."""
    finish(Sheet.objects.get(key=UUID(key)), at=timezone.now())


def revoke(*, certificate: Certificate, by: User, reason: Reason, words: str, at: datetime) -> None:
    """Take a certificate back. Raises NotStanding, BeingReplaced, WordsMissing."""
    with transaction.atomic():
        decision = _decide(certificate, by, reason, words, at)
        statement = statements.revoked(
            actor=decision.by,
            course=certificate.course,
            registration=certificate.registration,
            certificate=certificate.key,
            at=at,
            facts=decision.facts,
        )
        record([statement], at=at)


def _decide(
    certificate: Certificate, by: User, reason: Reason, words: str, at: datetime
) -> Decision:
    """Write down why, once for each certificate: of two at the same moment one is refused.

    To be called in the transaction of what follows from it. A renewal that has begun comes first.
    """
    text = words.strip()
    if not text:
        raise WordsMissing
    if not hold(certificate.key):
        raise NotStanding
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                certificate=certificate.key,
                reason=reason,
                by=actor_id(by),
                text=text,
                written_at=at,
            )
    except IntegrityError as error:
        raise NotStanding from error
    if is_being_replaced(certificate.key):
        raise BeingReplaced
    return decision


def _correction(old: Sheet, course: UUID) -> dict[str, Any]:
    return {"replaces": old.key, "corrects": old.serial, "course_key": course}
