"""The invitation to practise, on the pages where a learner comes by."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from assessments.practice.survey import due_of, survey
from courses.invitations import Invitation
from courses.models import Enrolment


def invitations_to(enrolments: Sequence[Enrolment], at: datetime) -> Mapping[UUID, Invitation]:
    """Return an invitation for each enrolment in which there is something to practise now."""
    courses = {enrolment.registration: enrolment.course for enrolment in enrolments}
    found = survey(enrolments, at=at)
    due = {registration: len(due_of(items)) for registration, items in found.items()}
    return {
        registration: Invitation(_label(number), reverse("practice", args=[courses[registration]]))
        for registration, number in due.items()
        if number
    }


def _label(number: int) -> str:
    words = ngettext(
        "Practise what you got wrong (%(n)d question)",
        "Practise what you got wrong (%(n)d questions)",
        number,
    )
    return words % {"n": number}
