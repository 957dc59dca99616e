"""Take a quiz: begin, choose, read the result. Every attempt is its learner's own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.asking import answer_in
from assessments.attempts import standing_in, start_attempt
from assessments.closing import close_overdue
from assessments.desk import desk_of, said
from assessments.drafts import is_over
from assessments.errors import AttemptClosed, StaleAnswer, TimeIsOver
from assessments.forms.after import has_taken_after, post_test_of
from assessments.forms.own import own_gain
from assessments.paper_page import paper_page
from assessments.results import result_of
from assessments.reviewing import review_of
from assessments.sitting import Sitting
from assessments.ways import ways_of
from courses.cohorts import tutors_of
from courses.errors import StudyError
from courses.invitations import invitations
from courses.outline import outline_of
from courses.renewals import renewed_by
from courses.study import edition_of


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin an attempt, or go on with the running one.

    Who had to sign in on the way comes back without the form: to the quiz, to press again.
    """
    desk = desk_of(request, key)
    if request.method != "POST":
        return redirect(desk.quiz.address)
    now = timezone.now()
    try:
        closed = close_overdue(enrolment=desk.enrolment, quiz=desk.quiz, at=now)
        if closed:
            messages.info(request, str(TimeIsOver.message))
            return redirect("result", key=key, number=closed.number)
        running = start_attempt(enrolment=desk.enrolment, quiz=desk.quiz, at=now)
    except StudyError as error:
        messages.error(request, str(error))
        return redirect(desk.quiz.address)
    return redirect("attempt", key=key, number=running.number)


@login_required
@require_GET
def attempt(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Show the paper of a running attempt with what is saved; a submitted one shows its result."""
    return show_paper(request, desk_of(request, key).sitting(number))


def show_paper(request: HttpRequest, sitting: Sitting, **more: Any) -> HttpResponse:
    """Show a running paper, or lead to its result; `more` goes with the page."""
    running = sitting.attempt
    if running.finished_at:
        return redirect(sitting.ways.result)
    context = paper_page(sitting, asked_for=request.GET.dict())
    context["is_over"] = is_over(running, timezone.now())
    return render(request, "assessments/attempt.html", context | more)


@login_required
@require_POST
def save(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Save one choice. 409 tells a stale page what is saved; 410 that the attempt is closed."""
    return save_sent(request, desk_of(request, key).sitting(number))


def save_sent(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Save one choice that a script sent."""
    try:
        key_asked = UUID(request.POST["question"])
        version = sitting.save(
            question_key=key_asked,
            choices=answer_in(request.POST, key_asked),
            version=int(request.POST["version"]),
            at=timezone.now(),
        )
    except (KeyError, ValueError):
        return JsonResponse({"error": said(_("The answer could not be read."))}, status=400)
    except StaleAnswer as stale:
        body = {"error": said(stale), "choices": stale.choices, "version": stale.version}
        return JsonResponse(body, status=409)
    except AttemptClosed as error:
        return JsonResponse({"error": said(error)}, status=410)
    except StudyError as error:
        return JsonResponse({"error": said(error)}, status=400)
    return JsonResponse({"version": version})


@login_required
@require_GET
def result(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Show score, reasons and the way on."""
    desk = desk_of(request, key)
    finished = desk.attempt(number)
    if not finished.finished_at:
        return redirect("attempt", key=key, number=number)
    edition = edition_of(desk.enrolment)
    outline = outline_of(course=desk.course, edition=edition, enrolment=desk.enrolment)
    now = timezone.now()
    rules = desk.quiz.in_source_language()
    standing = standing_in(enrolment=desk.enrolment, quiz=rules, at=now)
    review = review_of(rules, standing, after=has_taken_after(desk.enrolment, rules))
    context = {
        "quiz": desk.quiz,
        "course": desk.course,
        "enrolment": desk.enrolment,
        "result": result_of(finished, review),
        "gain": own_gain(desk.enrolment, rules, review),
        "test_after": post_test_of(rules) if rules.is_pre_test else None,
        "standing": standing,
        "ways": ways_of(desk.quiz, number),
        "tutors": tutors_of(desk.enrolment) if standing.opens_at else [],
        "position": outline.around(key),
        "go_on": outline.next_activity(),
        "invitations": invitations([desk.enrolment], at=now)[desk.enrolment.registration],
        "renewed": renewed_by(desk.enrolment, edition),
    }
    return render(request, "assessments/result.html", context)
