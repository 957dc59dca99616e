"""A learner before the practice of a course: who is let in, and what is waiting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from assessments.practice.rounds import SIZE
from assessments.practice.survey import RESTING, Item, due_of, survey_of
from courses.enrolment import enrolment_of
from courses.errors import NotEnrolled
from courses.models import CoursePage, Enrolment
from courses.outline import course_with
from people.signed_in import signed_in


@dataclass
class PracticeDesk:
    """A learner in the practice of a course, at one moment."""

    course: CoursePage
    enrolment: Enrolment
    at: datetime

    @property
    def key(self) -> UUID:
        """The key of the course."""
        return self.enrolment.course

    @cached_property
    def items(self) -> list[Item]:
        return survey_of(self.enrolment, at=self.at)

    def context(self) -> dict[str, Any]:
        """Return what is waiting: now, and from another day on."""
        due = due_of(self.items)
        return {
            "course": self.course,
            "due": len(due),
            "size": min(SIZE, len(due)),
            "resting": sum(item.state == RESTING for item in self.items),
        }


def for_learners(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let somebody in who is enrolled in the course; lead all others to its page."""

    @login_required
    @wraps(view)
    def shown(request: HttpRequest, course_key: UUID, **more: UUID) -> HttpResponse:
        course = course_with(key=course_key)
        if course is None:
            raise Http404
        enrolment = enrolment_of(user=signed_in(request), course_key=course_key)
        if enrolment is None:
            messages.info(request, str(NotEnrolled.message))
            return redirect(course.url)
        return view(request, PracticeDesk(course, enrolment, timezone.now()), **more)

    return shown
