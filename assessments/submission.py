"""Submit an attempt: by the form of its page, or by the script of that page.

A script is told in JSON where to go on, so that it can come again when the site is busy.
"""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from assessments.answering import check_answer, leave_question
from assessments.asking import answer_in, confidence_name_of, paper_of, versions_in
from assessments.confidence import keep_confidence
from assessments.desk import Desk, desk_of, said
from assessments.drafts import Answers, drafts_of, keep_form
from assessments.errors import AttemptClosed, NotYetOpen, UnknownChoice
from assessments.flags import keep_flags
from assessments.grading import submit_attempt
from assessments.models import Attempt
from assessments.overview import Overview
from assessments.papers import frozen_question
from assessments.recorded import open_questions
from courses.errors import StudyError

_NOT_ARRIVED = gettext_noop(
    "Your form did not arrive. What was saved is here; choose again what is missing, then submit."
)
_LOOK_AGAIN = gettext_noop(
    "Some answers were changed in another window. Look at them, then submit again."
)

_GONE_ON = gettext_noop(
    "You had gone on in another window. What was saved there for the question before counts."
)


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Keep what the form holds, then score what is saved.

    Who had to sign in on the way, or was turned away, comes back without the form: to the paper.
    409 shows what was not saved because another window was first.
    """
    desk = desk_of(request, key)
    running = desk.attempt(number)
    if request.method != "POST":
        messages.warning(request, _(_NOT_ARRIVED))
        return redirect("attempt", key=key, number=number)
    if running.finished_at:
        return _lead(request, "result", running)
    now = timezone.now()
    try:
        others = _keep(request, running, now)
        if others:
            return _show_both(request, desk, running, others)
        if others is not None and "check" in request.POST:
            return _check(request, desk, running, now)
        if others is not None and "next" in request.POST:
            return _go_on(request, desk, running, now)
        if others is not None and "keep" in request.POST:
            messages.success(request, _("What you have chosen is saved."))
            return _lead(request, "attempt", running)
        if others is not None and not _is_last(running):
            raise NotYetOpen
        if others is not None and "anyway" not in request.POST and not _overview(running).is_done:
            return _lead(request, "unanswered", running)
        submit_attempt(enrolment=desk.enrolment, quiz=desk.quiz, number=number, at=now)
    except StudyError as error:
        messages.error(request, str(error))
        return _lead(request, "attempt", running)
    return _lead(request, "result", running)


@login_required
@require_GET
def unanswered(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Name what is open, or flagged, before somebody submits it so."""
    desk = desk_of(request, key)
    running = desk.attempt(number)
    overview = None if running.finished_at else _overview(running)
    if overview is None or overview.is_done:
        return redirect("attempt", key=key, number=number)
    context = {"quiz": desk.quiz, "attempt": running, "overview": overview}
    return render(request, "assessments/unanswered.html", context)


def _check(request: HttpRequest, desk: Desk, running: Attempt, at: datetime) -> HttpResponse:
    """Lock one answer, and lead to what it is worth."""
    key = _named(running, request.POST["check"])
    check_answer(
        enrolment=desk.enrolment, quiz=desk.quiz, number=running.number, question_key=key, at=at
    )
    # The address differs from the last, or a script that goes there would not load it anew.
    return _lead(request, "attempt", running, f"?checked={key}#q-{key}")


def _go_on(request: HttpRequest, desk: Desk, running: Attempt, at: datetime) -> HttpResponse:
    """Leave a question behind for good; ask once before one that has no answer."""
    key = _named(running, request.POST["next"])
    if "anyway" not in request.POST and any(q.key == key for q in _overview(running).open):
        return _lead(request, "attempt", running, f"?open={key}")
    if _was_left_otherwise(request, running, key):
        messages.warning(request, _(_GONE_ON))
    leave_question(
        enrolment=desk.enrolment, quiz=desk.quiz, number=running.number, question_key=key, at=at
    )
    return _lead(request, "attempt", running, f"?after={key}")


def _was_left_otherwise(request: HttpRequest, running: Attempt, key: UUID) -> bool:
    """Say whether a question was left behind in another window, with another answer."""
    question = frozen_question(running, key)
    if question is None or key in open_questions(running):
        return False
    draft = drafts_of(running).get(key)
    saved, sent = draft.choices if draft else [], answer_in(request.POST, key)
    return not question.of_kind.are_same(saved, sent)


def _named(running: Attempt, wanted: str) -> UUID:
    key = next((key for key in running.question_keys if str(key) == wanted), None)
    if key is None:
        raise UnknownChoice
    return key


def _is_last(running: Attempt) -> bool:
    """Say whether the paper can be submitted: at its end, where one question follows the other."""
    return not running.is_sequential or open_questions(running) in ([], running.question_keys[-1:])


def _overview(running: Attempt) -> Overview:
    """Return where a learner stands, with those questions alone that can be gone back to."""
    paper = paper_of(running)
    if running.is_sequential:
        now = open_questions(running)
        paper = [asked for asked in paper if asked.key in now]
    return Overview(paper)


def _keep(request: HttpRequest, running: Attempt, at: datetime) -> Answers | None:
    """Return what could not be saved; None if it is too late to save anything."""
    keys = running.question_keys
    try:
        if "flags" in request.POST:  # the paper itself: no box ticked is no question flagged
            ticked = set(request.POST.getlist("flag"))
            keep_flags(attempt=running, flagged={k for k in keys if str(k) in ticked}, at=at)
        said = {key: request.POST.get(confidence_name_of(key), "") for key in keys}
        keep_confidence(attempt=running, said=said, at=at)
        return keep_form(
            attempt=running,
            form={key: answer_in(request.POST, key) for key in keys},
            versions=versions_in(request.POST, keys),
            at=at,
        )
    except AttemptClosed as error:
        messages.info(request, str(error))
        return None


def _show_both(request: HttpRequest, desk: Desk, running: Attempt, others: Answers) -> HttpResponse:
    if not _is_script(request):
        messages.warning(request, _(_LOOK_AGAIN))
        context = desk.paper(running, others=others)
        return render(request, "assessments/attempt.html", context, status=409)
    drafts = drafts_of(running)
    saved = {
        str(key): {"choices": drafts[key].choices, "version": drafts[key].version}
        if key in drafts
        else {"choices": [], "version": 0}
        for key in others
    }
    return JsonResponse({"error": said(_(_LOOK_AGAIN)), "saved": saved}, status=409)


def _lead(request: HttpRequest, name: str, running: Attempt, place: str = "") -> HttpResponse:
    where = reverse(name, args=[running.quiz_key, running.number]) + place
    return JsonResponse({"next": where}) if _is_script(request) else redirect(where)


def _is_script(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
