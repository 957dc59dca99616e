"""Renew a certificate: by a short refresher of its course, which its holder has completed.

What was earned stays as it was. The day of the renewal, the refresher, the law it teaches and the
last day of validity are new.
"""

from datetime import datetime
from typing import Any

from certificates.claims import Claim
from certificates.errors import BeingReplaced
from certificates.models import Certificate, Sheet
from certificates.sheet_templates.choosing import last_day, template_for
from certificates.sheets import begin_sheet
from certificates.succession import handed_on, hold, is_being_replaced

# On the paper of a refresher's own certificate, and what it is called on one that is renewed.
_OF_REFRESHER = {
    "course_key": "refresher_key",
    "edition": "refresher_edition",
    "course_title_en": "refresher_title_en",
    "course_title_sr": "refresher_title_sr",
    "minutes": "refresher_minutes",
    "completed_on": "renewed_on",
}
_AS_TODAY = ("name_cyrillic", "name_latin", "law_as_of")


def begin_renewal(claim: Claim, *, at: datetime) -> Sheet | None:
    """Begin the sheet that a completed refresher has brought; None if there is nothing to renew.

    To be called once for a completion, in a transaction. Raises BeingReplaced while the
    certificate is being corrected or renewed already.
    """
    held = held_by(claim)
    if held is None:
        return None
    if not hold(held.key) or is_being_replaced(held.key):
        raise BeingReplaced
    old = Sheet.objects.get(key=held.key)
    return begin_sheet(
        registration=old.registration,
        generation=old.generation + 1,
        fields=_fields(old, held, claim),
        at=at,
    )


def held_by(claim: Claim) -> Certificate | None:
    """Return the newest certificate that stands, of the course that was refreshed; of the same
    person: nobody renews somebody else's."""
    if claim.refreshes is None:
        return None
    own = Certificate.objects.standing().filter(actor=claim.enrolment.learner)
    return own.filter(course_key=claim.refreshes).order_by("-earned_at", "key").first()


def _fields(old: Sheet, held: Certificate, claim: Claim) -> dict[str, Any]:
    said = claim.fields
    template = template_for(course_key=held.course, certificate_class=old.certificate_class)
    months = template.validity_months if template else None
    return (
        handed_on(old)
        | {name: said[name] for name in _AS_TODAY}
        | {name: said[own] for own, name in _OF_REFRESHER.items()}
        | {
            "course_key": held.course,
            "replaces": old.key,
            "refresher_registration": claim.enrolment.registration,
            "valid_until": last_day(said["completed_on"], months),
            "template_revision": template.live_revision if template else None,
        }
    )
