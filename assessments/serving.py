"""The page of a quiz: its rules, the learner's attempts, and the one way on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from assessments.attempts import standing_in
from assessments.extra_time import own_minutes
from assessments.forms.after import has_taken_after, post_test_of, pre_test_of
from assessments.forms.own import own_gain
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
    context = rules_shown(page, page.in_source_language(), request) | vars(seat)
    if seat.enrolment:
        rules = context["rules"]
        standing = standing_in(enrolment=seat.enrolment, quiz=rules, at=timezone.now())
        review = review_of(rules, standing, after=has_taken_after(seat.enrolment, rules))
        context["standing"], context["review"] = standing, review
        context["gain"] = own_gain(seat.enrolment, rules, review)
        if page.time_limit:
            context["own_minutes"] = own_minutes(seat.enrolment, page)
        context["tutors"] = tutors_of(seat.enrolment) if standing.opens_at else []
    else:
        context["may_try"] = may_try(signed_in(request), page)
    return TemplateResponse(request, page.template, context)


def preview_quiz(request: HttpRequest, page: QuizPage) -> HttpResponse:
    """Show the draft of a quiz: its rules, and where it will stand."""
    context = rules_shown(page, page.in_source_language(), request) | vars(preview_seat(page))
    return TemplateResponse(request, page.template, context)


def rules_shown(page: QuizPage, rules: QuizPage, request: HttpRequest) -> dict[str, Any]:
    """Return the page with its rules, and the test that belongs to it."""
    return page.get_context(request) | {
        "rules": rules,
        "test_after": post_test_of(rules) if rules.is_pre_test else None,
        "test_before": pre_test_of(rules),
    }
