"""In the CMS: what was gained from the test before to the test after. Figures of groups, no names.

Whoever may see how questions fare sees the figures of all; those of a cohort are for whoever sees
its members.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.attempt_pages.views import quiz_in_cms
from assessments.forms.after import post_tests_in
from assessments.forms.gain import Figures, figures_of
from assessments.forms.pairing import pairs_of
from assessments.forms.picture import picture_of
from assessments.forms.words import words_on
from assessments.models import Objective, QuizPage
from assessments.objectives import objectives_by_key
from cms.page_head import head
from courses.cohorts import Offer, cohorts_open_to
from courses.models import Cohort
from courses.outline import course_of
from people.signed_in import signed_in

PERMISSION = "assessments.view_question"


@require_GET
def gain(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """Show the gain of a cohort, or of all; a test before leads to the test after it."""
    user = signed_in(request)
    if not user.has_perm(PERMISSION):
        raise PermissionDenied
    quiz = quiz_in_cms(quiz_key)
    if quiz.is_pre_test and (after := quiz.tests_after().first()):
        return redirect(f"{gain_address(after)}?{request.GET.urlencode()}".rstrip("?"))
    if not quiz.role:
        raise Http404
    own = cohorts_open_to(user).filter(course_key=course_of(quiz).translation_key)
    number = request.GET.get("cohort", "")
    cohort = own.filter(pk=number).first() if number.isdecimal() else None
    figures = figures_of(
        pairs_of(quiz.key), cohort=cohort.key if cohort else None, seen={one.key for one in own}
    )
    known = objectives_by_key(figures.objectives)
    chosen = {"cohorts": own.order_by("name"), "cohort": cohort}
    return _page(request, quiz, {**chosen, **_said(figures, known)})


def gain_address(quiz: QuizPage) -> str:
    """Return where the gain of a test is shown."""
    return reverse("quiz_gain", args=[quiz.translation_key])


def ways_from(cohort: Cohort) -> Iterable[Offer]:
    """Yield the ways from a cohort to the gain that its members had, for each test after."""
    for quiz in post_tests_in(cohort.course_key):
        words = _("Gain: %(title)s") % {"title": quiz.title}
        yield Offer(words, f"{gain_address(quiz)}?cohort={cohort.pk}")


def _said(figures: Figures, known: dict[str, Objective]) -> dict[str, Any]:
    """Return figures as the page shows them: words, picture, rows."""
    names = {key: known[key].name if key in known else key for key in figures.objectives}
    rows = [(names[key], known.get(key), one) for key, one in figures.objectives.items()]
    whole = [(_("All together"), figures.whole)] if figures.whole else []
    drawn = [*whole, *((name, one) for name, _objective, one in rows)]
    return {
        "figures": figures,
        "words": words_on(figures, names),
        "rows": rows,
        "orders": [(form, form.other, one) for form, one in figures.orders.items()],
        "picture": picture_of(drawn),
    }


def _page(request: HttpRequest, quiz: QuizPage, context: dict[str, Any]) -> HttpResponse:
    way = (
        (reverse("wagtailadmin_pages:edit", args=[quiz.pk]), quiz.title),
        (reverse("quiz_fares", args=[quiz.translation_key]), _("How it fares")),
    )
    common = {
        "quiz": quiz,
        "before": quiz.named_pre_test,
        **head(_("Gain"), "order-up", *way),
    }
    return TemplateResponse(request, "assessments/admin/gain.html", common | context)
