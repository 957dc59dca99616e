"""The invitation to answer, where a learner comes by; there is no reminder of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import SurveyKind
from assessments.surveys.tickets import unspent
from assessments.surveys.versions import newest_version
from courses.invitations import Invitation
from courses.models import Enrolment


def invitations_to(enrolments: Sequence[Enrolment], at: datetime) -> Mapping[UUID, Invitation]:
    """Return an invitation for each enrolment with a ticket to the survey that is open."""
    open_now = unspent(enrolments, at=at)
    courses = {enrolment.registration: enrolment.course for enrolment in enrolments}
    return {
        registration: Invitation(
            _label(kind), reverse("survey", args=[courses[registration], kind])
        )
        for registration, kind in open_now.items()
        if newest_version(kind)
    }


def _label(kind: SurveyKind) -> str:
    if kind == SurveyKind.PULSE:
        return _("Three months later: a minute, anonymously")
    return _("Two minutes: tell us, anonymously")
