"""The pages of a trial. Each is a learner's page; a form changes the session alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.errors import QuizIsEmpty
from assessments.forms.after import post_test_of
from assessments.mark_view import mark_sent
from assessments.serving import rules_shown
from assessments.submission import show_unanswered, submit_form
from assessments.trial.forms import TrialForm
from assessments.trial.keeping import keep_trial, trial_in
from assessments.trial.results import result_of_trial, reviews_of, standing_of
from assessments.trial.shown import banner_of, banner_over
from assessments.trial.sitting import TrialSitting, Wanted, begin_trial
from assessments.trial.tried import Tried, tried_quiz
from assessments.views import save_sent, show_paper
from courses.outline import course_of
from courses.previewing import preview_seat
from people.signed_in import signed_in

_View = Callable[[HttpRequest, TrialSitting], HttpResponse]


@login_required
@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the quiz as a learner finds it, with what can be chosen; POST begins the trial."""
    user = signed_in(request)
    tried = tried_quiz(key=key, user=user, version=request.POST.get("version", ""))
    form = TrialForm(tried, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _begin(request, tried, form.wanted)
    page = tried.words
    context = rules_shown(page, tried.rules, request) | vars(preview_seat(page))
    context |= {
        "trial": banner_of(tried, user),
        "form": form,
        "problems": tried.problems(),
        "at_own_address": True,
    }
    return render(request, page.template, context)


def _begin(request: HttpRequest, tried: Tried, wanted: Wanted) -> HttpResponse:
    try:
        sitting = begin_trial(
            tried=tried,
            course=course_of(tried.words),
            wanted=wanted,
            at=timezone.now(),
        )
    except QuizIsEmpty:
        messages.error(request, _("A learner could not begin: too few questions are published."))
        return redirect("trial", key=tried.rules.key)
    keep_trial(request, sitting)
    return redirect(sitting.ways.paper)


def in_trial(view: _View) -> Callable[..., HttpResponse]:
    """Let whoever has begun this trial go on with it; one that is over leads to its beginning."""

    @login_required
    @wraps(view)
    def shown(request: HttpRequest, key: UUID, trial: UUID) -> HttpResponse:
        tried_quiz(key=key, user=signed_in(request))
        sitting = trial_in(request, key, trial)
        if sitting is None:
            messages.info(request, _("That trial is over. Begin another one."))
            return redirect("trial", key=key)
        return view(request, sitting)

    return shown


@require_GET
@in_trial
def paper(request: HttpRequest, sitting: TrialSitting) -> HttpResponse:
    """Show the paper, or the question whose turn it is."""
    return show_paper(request, sitting, **_more(request, sitting))


@require_POST
@in_trial
def save(request: HttpRequest, sitting: TrialSitting) -> HttpResponse:
    """Keep one choice."""
    return _kept(request, sitting, save_sent(request, sitting))


@require_POST
@in_trial
def mark(request: HttpRequest, sitting: TrialSitting) -> HttpResponse:
    """Keep a flag, or how sure somebody is."""
    return _kept(request, sitting, mark_sent(request, sitting))


@require_http_methods(["GET", "POST"])
@in_trial
def submit(request: HttpRequest, sitting: TrialSitting) -> HttpResponse:
    """Do what the form of the paper asks for."""
    response = submit_form(request, sitting, **_more(request, sitting))
    return _kept(request, sitting, response) if request.method == "POST" else response


@require_GET
@in_trial
def unanswered(request: HttpRequest, sitting: TrialSitting) -> HttpResponse:
    """Name what is open before the paper is submitted so."""
    return show_unanswered(request, sitting, **_more(request, sitting))


@require_POST
@in_trial
def again(request: HttpRequest, sitting: TrialSitting) -> HttpResponse:
    """Draw another paper, of the same version and for the same learner."""
    return _begin(request, sitting.tried, sitting.wanted)


@require_GET
@in_trial
def result(request: HttpRequest, sitting: TrialSitting) -> HttpResponse:
    """Show what a learner is shown now or, if so asked, once no attempt is left."""
    if not sitting.attempt.finished_at:
        return redirect(sitting.ways.paper)
    rules, (now, later) = sitting.tried.rules, reviews_of(sitting)
    is_later = request.GET.get("when") == "later"
    context = {
        "quiz": sitting.quiz,
        "course": sitting.course,
        "result": result_of_trial(sitting, later if is_later else now),
        "standing": standing_of(sitting),
        "test_after": post_test_of(rules) if rules.is_pre_test else None,
        "ways": sitting.ways,
        "differs_later": now != later,
        "is_later": is_later,
    }
    return render(request, "assessments/result.html", context | _more(request, sitting))


def _more(request: HttpRequest, sitting: TrialSitting) -> dict[str, Any]:
    return {"trial": banner_over(sitting, signed_in(request))}


def _kept(request: HttpRequest, sitting: TrialSitting, response: HttpResponse) -> HttpResponse:
    keep_trial(request, sitting)
    return response
