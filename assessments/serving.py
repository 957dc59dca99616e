"""The page of a quiz: its rules, the learner's attempts, and the one way on."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from assessments.attempts import standing_in
from assessments.extra_time import own_minutes
from assessments.models import QuizPage
from assessments.reviewing import review_of
from assessments.trial.tried import may_try
from courses.cohorts import tutors_of
from courses.previewing import preview_seat
from courses.serving import seat_for
from people.signed_in import signed_in


def serve_quiz(request: HttpRequest, page: QuizPage) -> HttpResponse:
    """Show a quiz to an enrolled learner, or to somebody who may edit it."""
    seat = seat_for(request, page)
    if isinstance(seat, HttpResponse):
        return seat
    context = page.get_context(request) | vars(seat)
    if seat.enrolment:
        standing = standing_in(enrolment=seat.enrolment, quiz=page, at=timezone.now())
        context["standing"] = standing
        context["review"] = review_of(page, standing)
        if page.time_limit:
            context["own_minutes"] = own_minutes(seat.enrolment, page)
        context["tutors"] = tutors_of(seat.enrolment) if standing.opens_at else []
    else:
        context["may_try"] = may_try(signed_in(request), page)
    return TemplateResponse(request, page.template, context)


def preview_quiz(request: HttpRequest, page: QuizPage) -> HttpResponse:
    """Show the draft of a quiz: its rules, and where it will stand."""
    context = page.get_context(request) | vars(preview_seat(page))
    return TemplateResponse(request, page.template, context)
