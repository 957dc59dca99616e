"""The attempts of one learner at the quizzes of a course, for whoever may see that learner."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.attempt_pages.views import PERMISSION
from assessments.models import Attempt, QuizPage
from cms.page_head import head
from courses.cohorts import Offer, cohorts_open_to, is_open_to
from courses.editions import source_page
from courses.models import Enrolment
from people.actors import people_of
from people.models import User
from people.signed_in import signed_in


def way_to_attempts(enrolment: Enrolment) -> Offer:
    """Return the way from a member of a cohort to the attempts."""
    return Offer(_("Attempts"), reverse("attempts_of", args=[enrolment.registration]))


@require_GET
def attempts_of(request: HttpRequest, registration: UUID) -> HttpResponse:
    """List the attempts of one enrolment, quiz by quiz as they were first begun."""
    user = signed_in(request)
    if not user.has_perm(PERMISSION):
        raise PermissionDenied
    enrolment = get_object_or_404(Enrolment, registration=registration)
    if not is_open_to(user, enrolment):
        raise Http404
    by_quiz: dict[UUID, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(registration=registration).order_by("started_at"):
        by_quiz.setdefault(attempt.quiz_key, []).append(attempt)
    titles = _titles(by_quiz)
    who = people_of([enrolment.learner]).get(enrolment.learner)
    name = str(who) if who else _("erased account")
    context = {
        "who": name,
        "course": source_page(enrolment.course),
        "by_quiz": [(titles.get(key, "–"), tried) for key, tried in by_quiz.items()],
        **head(_("Attempts"), "list-ul", *_way_here(user, enrolment), here=name),
    }
    return TemplateResponse(request, "assessments/admin/attempts_of.html", context)


def _titles(keys: Iterable[UUID]) -> dict[UUID, str]:
    """Return the titles of quizzes, in the source language where there is one ("en", the last)."""
    pages = QuizPage.objects.filter(translation_key__in=keys).order_by("-locale__language_code")
    return dict(pages.values_list("translation_key", "title"))


def _way_here(user: User, enrolment: Enrolment) -> list[tuple[str, str]]:
    if enrolment.cohort_key is None:
        return []
    cohort = cohorts_open_to(user).filter(key=enrolment.cohort_key).first()
    if cohort is None:
        return []
    return [
        (reverse("cohorts:list"), _("Cohorts")),
        (reverse("cohorts:members", args=[cohort.pk]), cohort.name),
    ]
