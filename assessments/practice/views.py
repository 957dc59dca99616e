"""Practise: what is waiting, one question after the other, what became of each answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from assessments.asking import answer_in
from assessments.errors import AnsweredInPractice, NotInRound, NotOpenNow, RoundIsOver
from assessments.models import PracticeRound
from assessments.practice.checking import check_practice
from assessments.practice.rounds import SIZE, answers_in, begin_round, last_round, left_in, round_of
from assessments.practice.shown import asked_in, checked_in
from assessments.practice.survey import RESTING, Item, due_of, survey_of
from cms.languages import content_language
from courses.enrolment import enrolment_of
from courses.errors import NotEnrolled, StudyError
from courses.models import CoursePage, Enrolment
from people.signed_in import signed_in


@dataclass
class _Place:
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


def _for_learners(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let somebody in who is enrolled in the course; lead all others to its page."""

    @login_required
    @wraps(view)
    def shown(request: HttpRequest, course_key: UUID, **more: UUID) -> HttpResponse:
        pages = CoursePage.objects.live().filter(locale__language_code=content_language())
        course = get_object_or_404(pages, translation_key=course_key)
        enrolment = enrolment_of(user=signed_in(request), course_key=course_key)
        if enrolment is None:
            messages.info(request, str(NotEnrolled.message))
            return redirect(course.url)
        return view(request, _Place(course, enrolment, timezone.now()), **more)

    return shown


@require_GET
@_for_learners
def overview(request: HttpRequest, place: _Place) -> HttpResponse:
    """Say what is waiting, and how practice goes."""
    last = last_round(place.enrolment)
    left = left_in(last, due_of(place.items), answers_in(last)) if last else []
    context = place.context() | {"left": len(left), "round": last}
    return render(request, "assessments/practice.html", context)


@require_http_methods(["GET", "POST"])
@_for_learners
def begin(request: HttpRequest, place: _Place) -> HttpResponse:
    """Begin a round, or go on with the running one.

    Who had to sign in on the way comes back without the form: to press again.
    """
    if request.method != "POST":
        return redirect("practice", place.key)
    try:
        begun = begin_round(enrolment=place.enrolment, at=place.at)
    except StudyError as error:
        messages.info(request, str(error))
        return redirect("practice", place.key)
    return redirect("practice_round", place.key, begun.key)


@require_GET
@_for_learners
def practise(request: HttpRequest, place: _Place, round_key: UUID) -> HttpResponse:
    """Show the next question of a round; the answer to one that is checked; in the end, a tally."""
    try:
        practised = round_of(place.enrolment, round_key)
    except RoundIsOver as error:
        messages.info(request, str(error))
        return redirect("practice", place.key)
    if wanted := request.GET.get("checked"):
        return _checked(request, place, practised, wanted)
    answered = answers_in(practised)
    left = left_in(practised, due_of(place.items), answered)
    context = place.context() | {"round": practised, "total": len(practised.drawn)}
    if left:
        asked = asked_in(practised, practised.question_keys.index(left[0]) + 1)
        return render(request, "assessments/practice_question.html", context | {"asked": asked})
    tally = {"answered": len(answered), "right": sum(bool(a.success) for a in answered.values())}
    return render(request, "assessments/practice.html", context | tally)


@require_http_methods(["GET", "POST"])
@_for_learners
def check(request: HttpRequest, place: _Place, round_key: UUID) -> HttpResponse:
    """Take an answer, and lead to what it is worth.

    Who had to sign in on the way comes back without the form: to the question.
    """
    here = reverse("practice_round", args=[place.key, round_key])
    if request.method != "POST":
        return redirect(here)
    try:
        key = _key(request.POST.get("question", ""))
        check_practice(
            enrolment=place.enrolment,
            round_key=round_key,
            question_key=key,
            answer=answer_in(request.POST, key),
            at=place.at,
        )
    except AnsweredInPractice as error:
        messages.info(request, str(error))
    except StudyError as error:
        messages.error(request, str(error))
        return redirect(here)
    return redirect(f"{here}?checked={key}")


def _checked(
    request: HttpRequest, place: _Place, practised: PracticeRound, wanted: str
) -> HttpResponse:
    """Show what became of an answer, unless a quiz asks for it at this moment."""
    answered = answers_in(practised)
    answer = next((a for key, a in answered.items() if str(key) == wanted), None)
    item = next((item for item in place.items if str(item.question) == wanted), None)
    if answer is None or item is None:
        messages.info(request, str(NotOpenNow.message if answer else NotInRound.message))
        return redirect("practice_round", place.key, practised.key)
    left = left_in(practised, due_of(place.items), answered)
    context = place.context() | {
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
