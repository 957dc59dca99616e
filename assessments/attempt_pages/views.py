"""The attempts at a quiz, and one of them as its learner saw it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from assessments.attempt_pages.listing import (
    FAILED,
    PASSED,
    RUNNING,
    WAITING,
    attempts_open_to,
    chosen,
    lines_of,
    sees_all,
)
from assessments.models import Attempt, QuizPage
from assessments.results import result_of
from cms.page_head import head
from courses.cohorts import cohorts_open_to, is_open_to
from courses.models import Enrolment
from people.actors import people_of
from people.models import User
from people.signed_in import signed_in

PERMISSION = "courses.view_cohort"
ALONE = "none"  # who studies in no cohort
_PER_PAGE = 50
STATES = {
    RUNNING: gettext_lazy("not submitted yet"),
    WAITING: gettext_lazy("submitted, not graded yet"),
    PASSED: gettext_lazy("passed"),
    FAILED: gettext_lazy("not passed"),
}


@require_GET
def attempts(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """List the attempts at a quiz, the newest first, by cohort and state if asked."""
    user, quiz = _trainer(request), quiz_in_cms(quiz_key)
    own = cohorts_open_to(user).order_by("name")
    number = request.GET.get("cohort", "")
    cohort = own.filter(pk=number).first() if number.isdecimal() else None
    state = request.GET.get("state", "")
    alone = number == ALONE and sees_all(user)
    found = chosen(attempts_open_to(user, quiz_key), state=state, cohort=cohort, alone=alone)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "quiz": quiz,
        "page": page,
        "lines": lines_of(list(page.object_list)),
        "cohorts": own,
        "cohort": cohort,
        "sees_all": sees_all(user),
        "alone": alone,
        "states": STATES.items(),
        "state": state,
    }
    context |= head(_("Attempts"), "list-ul", _to(quiz))
    return TemplateResponse(request, "assessments/admin/attempts.html", context)


@require_GET
def attempt(request: HttpRequest, registration: UUID, quiz_key: UUID, number: int) -> HttpResponse:
    """Show a submitted attempt as its learner saw it: order, answers, keys, points."""
    user, quiz = _trainer(request), quiz_in_cms(quiz_key)
    enrolment = get_object_or_404(Enrolment, registration=registration)
    if not is_open_to(user, enrolment):
        raise Http404
    where = {"registration": registration, "quiz_key": quiz_key, "number": number}
    found = get_object_or_404(Attempt.objects.exclude(finished_at=None), **where)
    context = {
        "quiz": quiz,
        "attempt": found,
        "result": result_of(found),
        "who": people_of([enrolment.learner]).get(enrolment.learner),
    }
    there = (reverse("attempts", args=[quiz_key]), _("Attempts"))
    title = _("Attempt %(number)d") % {"number": number}
    context |= head(title, "list-ul", _to(quiz), there)
    return TemplateResponse(request, "assessments/admin/attempt.html", context)


def quiz_in_cms(key: UUID) -> QuizPage:
    """Return the page of a quiz in the source language. Raises Http404."""
    pages = QuizPage.objects.filter(translation_key=key).order_by("locale__language_code")
    quiz = pages.first()
    if quiz is None:
        raise Http404
    return quiz


def _trainer(request: HttpRequest) -> User:
    user = signed_in(request)
    if not user.has_perm(PERMISSION):
        raise PermissionDenied
    return user


def _to(quiz: QuizPage) -> tuple[str, str]:
    return reverse("wagtailadmin_pages:edit", args=[quiz.pk]), quiz.title
