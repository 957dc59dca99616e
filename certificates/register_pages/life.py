"""What happened to the certificates of one enrolment, oldest first."""

from dataclasses import dataclass
from datetime import datetime

from certificates.models import Certificate, Decision, Sheet
from people.actors import people_of
from people.models import User


@dataclass(frozen=True)
class Moment:
    """Something that happened: "issued", "corrected", "renewed" or "revoked"; why and by whom.

    Of a renewal `sheet` says by which refresher.
    """

    kind: str
    at: datetime
    serial: str
    sheet: Sheet
    decision: Decision | None = None
    by: User | None = None


def life_of(certificate: Certificate) -> list[Moment]:
    """Return the life of a certificate with those before and after it. Four queries."""
    known = Certificate.objects.known().filter(registration=certificate.registration)
    papers = {one.key: one for one in known}
    decisions = {d.certificate: d for d in Decision.objects.filter(certificate__in=papers)}
    deciders = people_of({decision.by for decision in decisions.values()})
    sheets = Sheet.objects.filter(registration=certificate.registration).order_by("generation")
    moments = []
    for sheet in sheets:
        paper = papers.get(sheet.key)
        if paper is None or paper.earned_at is None:
            continue
        before = decisions.get(sheet.replaces) if sheet.replaces else None
        by = deciders.get(before.by) if before else None
        kind = _kind(sheet, before)
        moments.append(Moment(kind, paper.earned_at, sheet.serial, sheet, before, by))
        if paper.revoked_at:
            why = decisions.get(sheet.key)
            by = deciders.get(why.by) if why else None
            moments.append(Moment("revoked", paper.revoked_at, sheet.serial, sheet, why, by))
    return sorted(moments, key=lambda moment: moment.at)


def _kind(sheet: Sheet, before: Decision | None) -> str:
    if sheet.refresher_registration:
        return "renewed"
    return "corrected" if before else "issued"
