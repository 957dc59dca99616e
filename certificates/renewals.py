"""What a holder can do about a certificate that ends: which refresher renews it, and when."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.issuing import brought_by
from certificates.models import Certificate
from cms.templatetags.putokaz import duration
from courses.invitations import Invitation
from courses.models import Enrolment
from courses.refreshers import Refresher, refreshers
from courses.renewals import Renewal
from people.actors import actor_id
from people.models import User


def refresher_due(certificate: Certificate, today: date) -> Refresher | None:
    """Return what renews a certificate that stands and ends soon or has ended."""
    stands = certificate.revoked_at is None and certificate.replaced_by is None
    if not stands or not certificate.is_due(today):
        return None
    return refreshers().get(certificate.course)


def renewal_of(user: User, course_key: UUID, at: datetime) -> Renewal | None:
    """Return what a refresher of a course would renew for somebody."""
    own = Certificate.objects.standing().filter(actor=actor_id(user), course_key=course_key)
    held = own.order_by("-earned_at", "key").first()
    if held is None or held.earned_at is None:
        return None
    is_due = held.is_due(timezone.localdate(at))
    return Renewal(_words(held), is_due=is_due, earned_at=held.earned_at)


def invitations_to(enrolments: Sequence[Enrolment], at: datetime) -> Mapping[UUID, Invitation]:
    """Return an invitation for each completed enrolment whose certificate is to be renewed."""
    known = refreshers()
    done = [one.registration for one in enrolments if one.completed_at and one.course in known]
    if not done:
        return {}
    today = timezone.localdate(at)
    held = Certificate.objects.standing().filter(registration__in=done)
    return {
        one.registration: Invitation(label(known[one.course]), known[one.course].page.url)
        for one in held
        if one.is_due(today)
    }


def renewed_words(enrolment: Enrolment, course_key: UUID) -> str:
    """Say which certificate a completed refresher has renewed, or is about to; empty if none."""
    brought = brought_by(enrolment.registration)
    if brought and brought.registration == enrolment.registration:
        return ""
    if brought and brought.sha256:
        words = _("Your certificate is renewed; the new one is %(serial)s.")
        return words % {"serial": brought.serial}
    held = Certificate.objects.standing().filter(actor=enrolment.learner, course_key=course_key)
    return _("Your certificate is being renewed; look again in a moment.") if held.exists() else ""


def label(refresher: Refresher) -> str:
    """Return what a link to a refresher is called."""
    words = _("Renew your certificate: %(title)s, %(length)s")
    length = duration(refresher.edition.minutes)
    return words % {"title": refresher.page.title, "length": length}


def _words(held: Certificate) -> str:
    if held.valid_until is None:
        return _("Renews your certificate %(serial)s.") % {"serial": held.serial}
    words = _("Renews your certificate %(serial)s (valid until %(day)s).")
    return words % {
        "serial": held.serial,
        "day": date_format(held.valid_until, "DATE_FORMAT"),
    }
