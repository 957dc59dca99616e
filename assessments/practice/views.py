"""Practise: what is waiting, one question after the other, what became of each answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from assessments.asking import answer_in
from assessments.errors import AnsweredInPractice, NotInRound, NotOpenNow, RoundIsOver
from assessments.models import PracticeRound
from assessments.practice.checking import check_practice
from assessments.practice.desk import PracticeDesk, for_learners
from assessments.practice.rounds import answers_in, begin_round, last_round, left_in, round_of
from assessments.practice.shown import asked_in, checked_in
from assessments.practice.survey import due_of
from courses.errors import StudyError


@require_GET
@for_learners
def overview(request: HttpRequest, desk: PracticeDesk) -> HttpResponse:
    """Say what is waiting, and how practice goes."""
    last = last_round(desk.enrolment)
    left = left_in(last, due_of(desk.items), answers_in(last)) if last else []
    context = desk.context() | {"left": len(left), "round": last}
    return render(request, "assessments/practice.html", context)


@require_http_methods(["GET", "POST"])
@for_learners
def begin(request: HttpRequest, desk: PracticeDesk) -> HttpResponse:
    """Begin a round, or go on with the running one.

    Who had to sign in on the way comes back without the form: to press again.
    """
    if request.method != "POST":
        return redirect("practice", desk.key)
    try:
        begun = begin_round(enrolment=desk.enrolment, at=desk.at)
    except StudyError as error:
        messages.info(request, str(error))
        return redirect("practice", desk.key)
    return redirect("practice_round", desk.key, begun.key)


@require_GET
@for_learners
def practise(request: HttpRequest, desk: PracticeDesk, round_key: UUID) -> HttpResponse:
    """Show the next question of a round; the answer to one that is checked; in the end, a tally."""
    try:
        practised = round_of(desk.enrolment, round_key)
    except RoundIsOver as error:
        messages.info(request, str(error))
        return redirect("practice", desk.key)
    if wanted := request.GET.get("checked"):
        return _checked(request, desk, practised, wanted)
    answered = answers_in(practised)
    left = left_in(practised, due_of(desk.items), answered)
    context = desk.context() | {"round": practised, "total": len(practised.drawn)}
    if left:
        asked = asked_in(practised, practised.question_keys.index(left[0]) + 1)
        return render(request, "assessments/practice_question.html", context | {"asked": asked})
    tally = {"answered": len(answered), "right": sum(bool(a.success) for a in answered.values())}
    return render(request, "assessments/practice.html", context | tally)


@require_http_methods(["GET", "POST"])
@for_learners
def check(request: HttpRequest, desk: PracticeDesk, round_key: UUID) -> HttpResponse:
    """Take an answer, and lead to what it is worth.

    Who had to sign in on the way comes back without the form: to the question.
    """
    here = reverse("practice_round", args=[desk.key, round_key])
    if request.method != "POST":
        return redirect(here)
    try:
        key = _key(request.POST.get("question", ""))
        check_practice(
            enrolment=desk.enrolment,
            round_key=round_key,
            question_key=key,
            answer=answer_in(request.POST, key),
            at=desk.at,
        )
    except AnsweredInPractice as error:
        messages.info(request, str(error))
    except RoundIsOver:
        return redirect(here)  # where it is said
    except StudyError as error:
        messages.error(request, str(error))
        return redirect(here)
    return redirect(f"{here}?checked={key}")


def _checked(
    request: HttpRequest, desk: PracticeDesk, practised: PracticeRound, wanted: str
) -> HttpResponse:
    """Show what became of an answer, unless a quiz asks for it at this moment."""
    answered = answers_in(practised)
    answer = next((a for key, a in answered.items() if str(key) == wanted), None)
    item = next((item for item in desk.items if str(item.question) == wanted), None)
    if answer is None or item is None:
        if answer:
            messages.info(request, str(NotOpenNow.message))
        return redirect("practice_round", desk.key, practised.key)
    left = left_in(practised, due_of(desk.items), answered)
    context = desk.context() | {
        "round": practised,
        "total": len(practised.drawn),
        "checked": checked_in(practised, answer, item),
        "is_last": not left,
    }
    return render(request, "assessments/practice_question.html", context)


def _key(text: str) -> UUID:
    """Return the key of a question. Raises NotInRound for what is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotInRound from error
