"""A learner before a survey: who is let in, and how it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from assessments.models import SurveyKind, SurveyTicket, SurveyVersion
from assessments.surveys.errors import NotYours
from assessments.surveys.tickets import kind_open, ticket_of
from assessments.surveys.versions import newest_version
from courses.enrolment import enrolment_of
from courses.models import CoursePage, Enrolment
from courses.outline import course_with
from people.signed_in import signed_in


@dataclass(frozen=True)
class SurveyDesk:
    """Somebody who has completed a course, before one of its surveys."""

    course: CoursePage
    enrolment: Enrolment
    kind: SurveyKind
    ticket: SurveyTicket
    version: SurveyVersion | None
    at: datetime

    @property
    def is_open(self) -> bool:
        """Whether an answer would be taken now."""
        in_time = kind_open(self.enrolment, at=self.at) == self.kind
        return in_time and self.version is not None and not self.ticket.is_spent

    @property
    def may_refuse_pulse(self) -> bool:
        """Whether the letter that comes later can still be declined."""
        if self.kind == SurveyKind.PULSE or newest_version(SurveyKind.PULSE) is None:
            return False
        return not ticket_of(self.enrolment, SurveyKind.PULSE).is_spent

    def context(self) -> dict[str, Any]:
        return {"course": self.course, "kind": self.kind.value, "desk": self}


def for_those_who_completed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let somebody in who holds a ticket; for everybody else there is no such page."""

    @never_cache
    @login_required
    @wraps(view)
    def shown(request: HttpRequest, course_key: UUID, kind: str) -> HttpResponse:
        return view(request, _desk(request, course_key, kind))

    return shown


def _desk(request: HttpRequest, course_key: UUID, kind: str) -> SurveyDesk:
    course = course_with(key=course_key) if kind in SurveyKind.values else None
    enrolment = enrolment_of(user=signed_in(request), course_key=course_key)
    if course is None or enrolment is None:
        raise Http404
    try:
        ticket = ticket_of(enrolment, kind)
    except NotYours as error:
        raise Http404(str(error)) from error
    version = newest_version(kind)
    return SurveyDesk(course, enrolment, SurveyKind(kind), ticket, version, timezone.now())
