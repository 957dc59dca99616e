"""Take a quiz: begin, choose, submit, read the result. Every attempt is its learner's own."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.asking import answer_in, asked
from assessments.attempts import attempt_of, standing_in, start_attempt
from assessments.closing import close_overdue
from assessments.drafts import drafts_of, keep_form, save_choice
from assessments.errors import AttemptClosed, AttemptNotFound, StaleAnswer
from assessments.grading import submit_attempt
from assessments.models import Attempt, QuizPage
from assessments.papers import frozen_questions
from assessments.results import result_of
from courses.cohorts import tutors_of
from courses.enrolment import enrolment_of
from courses.errors import StudyError
from courses.models import CoursePage, Enrolment
from courses.outline import course_of, outline_of, page_of
from courses.study import edition_of
from people.signed_in import signed_in
from serbian import in_script


@dataclass
class Desk:
    """A learner before a quiz."""

    quiz: QuizPage
    course: CoursePage
    enrolment: Enrolment

    def attempt(self, number: int) -> Attempt:
        try:
            return attempt_of(enrolment=self.enrolment, quiz=self.quiz, number=number)
        except AttemptNotFound as error:
            raise Http404(str(error)) from error


@login_required
@require_POST
def begin(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin an attempt, or go on with the running one."""
    desk = _desk(request, key)
    now = timezone.now()
    try:
        closed = close_overdue(enrolment=desk.enrolment, quiz=desk.quiz, at=now)
        if closed:
            messages.info(request, _("Your time was over: what was saved before counts."))
            return redirect("result", key=key, number=closed.number)
        running = start_attempt(enrolment=desk.enrolment, quiz=desk.quiz, at=now)
    except StudyError as error:
        messages.error(request, str(error))
        return redirect(desk.quiz.url)
    return redirect("attempt", key=key, number=running.number)


@login_required
@require_GET
def attempt(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Show the paper of a running attempt with what is saved; a submitted one shows its result."""
    desk = _desk(request, key)
    running = desk.attempt(number)
    if running.finished_at:
        return redirect("result", key=key, number=number)
    drafts = drafts_of(running)
    questions = [
        asked(question, drafts.get(question.key)) for question in frozen_questions(running)
    ]
    context = {"quiz": desk.quiz, "course": desk.course, "attempt": running}
    return render(request, "assessments/attempt.html", context | {"questions": questions})


@login_required
@require_POST
def save(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Save one choice. 409 tells a stale page what is saved; 410 that the attempt is closed."""
    running = _desk(request, key).attempt(number)
    try:
        key_asked = UUID(request.POST["question"])
        version = save_choice(
            attempt=running,
            question_key=key_asked,
            choices=answer_in(request.POST, key_asked),
            version=int(request.POST["version"]),
            at=timezone.now(),
        )
    except (KeyError, ValueError):
        return JsonResponse({"error": _said(_("The answer could not be read."))}, status=400)
    except StaleAnswer as stale:
        body = {"error": _said(stale), "choices": stale.choices, "version": stale.version}
        return JsonResponse(body, status=409)
    except AttemptClosed as error:
        return JsonResponse({"error": _said(error)}, status=410)
    except StudyError as error:
        return JsonResponse({"error": _said(error)}, status=400)
    return JsonResponse({"version": version})


@login_required
@require_POST
def submit(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Keep what the form holds, then score what is saved."""
    desk = _desk(request, key)
    now = timezone.now()
    running = desk.attempt(number)
    if running.finished_at:
        return redirect("result", key=key, number=number)
    try:
        keep_form(attempt=running, form=_form(request, running), at=now)
    except AttemptClosed:
        messages.info(request, _("Your time was over: what was saved before counts."))
    except StudyError as error:
        messages.error(request, str(error))
        return redirect("attempt", key=key, number=number)
    unanswered = len(running.drawn) - sum(bool(d.choices) for d in drafts_of(running).values())
    if unanswered and "anyway" not in request.POST:
        context = {"quiz": desk.quiz, "attempt": running, "unanswered": unanswered}
        return render(request, "assessments/unanswered.html", context)
    submit_attempt(enrolment=desk.enrolment, quiz=desk.quiz, number=number, at=now)
    return redirect("result", key=key, number=number)


@login_required
@require_GET
def result(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Show score, reasons and the way on."""
    desk = _desk(request, key)
    finished = desk.attempt(number)
    if not finished.finished_at:
        return redirect("attempt", key=key, number=number)
    outline = outline_of(
        course=desk.course, edition=edition_of(desk.enrolment), enrolment=desk.enrolment
    )
    standing = standing_in(enrolment=desk.enrolment, quiz=desk.quiz, at=timezone.now())
    context = {
        "quiz": desk.quiz,
        "course": desk.course,
        "enrolment": desk.enrolment,
        "result": result_of(finished),
        "standing": standing,
        "tutors": tutors_of(desk.enrolment) if standing.opens_at else [],
        "position": outline.around(key),
        "go_on": outline.next_activity(),
    }
    return render(request, "assessments/result.html", context)


def _desk(request: HttpRequest, key: UUID) -> Desk:
    quiz = page_of(key=key)
    if not isinstance(quiz, QuizPage):
        raise Http404
    course = course_of(quiz)
    enrolment = enrolment_of(user=signed_in(request), course_key=course.translation_key)
    if enrolment is None:
        raise Http404
    return Desk(quiz=quiz, course=course, enrolment=enrolment)


def _form(request: HttpRequest, running: Attempt) -> dict[UUID, list[str]]:
    return {key: answer_in(request.POST, key) for key in running.question_keys}


def _said(message: object) -> str:
    """Return a message in the reader's script: what is not a page is not converted on its way."""
    return in_script(str(message), get_language() or "")
