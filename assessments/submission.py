"""Submit an attempt: by the form of its page, or by the script of that page.

A script is told in JSON where to go on, so that it can come again when the site is busy.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from assessments.asking import answer_in
from assessments.desk import desk_of, said
from assessments.drafts import Answers
from assessments.errors import AttemptClosed, NotYetOpen, UnknownChoice
from assessments.models import Attempt
from assessments.paper_page import paper_page
from assessments.papers import frozen_question
from assessments.sitting import Sitting, is_last, overview_of, sent_in
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
    return submit_form(request, desk_of(request, key).sitting(number))


@login_required
@require_GET
def unanswered(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Name what is open, or flagged, before somebody submits it so."""
    return show_unanswered(request, desk_of(request, key).sitting(number))


def submit_form(request: HttpRequest, sitting: Sitting, **more: Any) -> HttpResponse:
    """Do what the form of a paper asks for, and lead on; `more` goes with a page that is shown."""
    ways = sitting.ways
    if request.method != "POST":
        messages.warning(request, _(_NOT_ARRIVED))
        return redirect(ways.paper)
    if sitting.attempt.finished_at:
        return _lead(request, ways.result)
    now = timezone.now()
    try:
        others = _keep(request, sitting, now)
        if others:
            return _show_both(request, sitting, others, more)
        if others is not None and "check" in request.POST:
            return _check(request, sitting, now)
        if others is not None and "next" in request.POST:
            return _go_on(request, sitting, now)
        if others is not None and "keep" in request.POST:
            messages.success(request, _("What you have chosen is saved."))
            return _lead(request, ways.paper)
        if others is not None and not is_last(sitting):
            raise NotYetOpen
        if others is not None and "anyway" not in request.POST and not overview_of(sitting).is_done:
            return _lead(request, ways.unanswered)
        sitting.submit(at=now)
    except StudyError as error:
        messages.error(request, str(error))
        return _lead(request, ways.paper)
    return _lead(request, ways.result)


def show_unanswered(request: HttpRequest, sitting: Sitting, **more: Any) -> HttpResponse:
    """Show what is open, or flagged; lead back where nothing is."""
    overview = None if sitting.attempt.finished_at else overview_of(sitting)
    if overview is None or overview.is_done:
        return redirect(sitting.ways.paper)
    context = {
        "quiz": sitting.quiz,
        "attempt": sitting.attempt,
        "ways": sitting.ways,
        "overview": overview,
    }
    return render(request, "assessments/unanswered.html", context | more)


def _check(request: HttpRequest, sitting: Sitting, at: datetime) -> HttpResponse:
    """Lock one answer, and lead to what it is worth."""
    key = _named(sitting.attempt, request.POST["check"])
    sitting.check(question_key=key, at=at)
    # The address differs from the last, or a script that goes there would not load it anew.
    return _lead(request, f"{sitting.ways.paper}?checked={key}#q-{key}")


def _go_on(request: HttpRequest, sitting: Sitting, at: datetime) -> HttpResponse:
    """Leave a question behind for good; ask once before one that has no answer."""
    key = _named(sitting.attempt, request.POST["next"])
    if "anyway" not in request.POST and any(q.key == key for q in overview_of(sitting).open):
        return _lead(request, f"{sitting.ways.paper}?open={key}")
    if _was_left_otherwise(request, sitting, key):
        messages.warning(request, _(_GONE_ON))
    sitting.leave(question_key=key, at=at)
    return _lead(request, f"{sitting.ways.paper}?after={key}")


def _was_left_otherwise(request: HttpRequest, sitting: Sitting, key: UUID) -> bool:
    """Say whether a question was left behind in another window, with another answer."""
    question = frozen_question(sitting.attempt, key)
    if question is None or key in sitting.open_now():
        return False
    draft = sitting.drafts().get(key)
    saved, sent = draft.choices if draft else [], answer_in(request.POST, key)
    return not question.of_kind.are_same(saved, sent)


def _named(running: Attempt, wanted: str) -> UUID:
    key = next((key for key in running.question_keys if str(key) == wanted), None)
    if key is None:
        raise UnknownChoice
    return key


def _keep(request: HttpRequest, sitting: Sitting, at: datetime) -> Answers | None:
    """Return what could not be saved; None if it is too late to save anything."""
    try:
        return sitting.keep(sent_in(request.POST, sitting.attempt.question_keys), at=at)
    except AttemptClosed as error:
        messages.info(request, str(error))
        return None


def _show_both(
    request: HttpRequest, sitting: Sitting, others: Answers, more: dict[str, Any]
) -> HttpResponse:
    if not _is_script(request):
        messages.warning(request, _(_LOOK_AGAIN))
        context = paper_page(sitting, others=others) | more
        return render(request, "assessments/attempt.html", context, status=409)
    drafts = sitting.drafts()
    saved = {
        str(key): {"choices": drafts[key].choices, "version": drafts[key].version}
        if key in drafts
        else {"choices": [], "version": 0}
        for key in others
    }
    return JsonResponse({"error": said(_(_LOOK_AGAIN)), "saved": saved}, status=409)


def _lead(request: HttpRequest, where: str) -> HttpResponse:
    return JsonResponse({"next": where}) if _is_script(request) else redirect(where)


def _is_script(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
