"""In the CMS: another score for one answer of somebody in one's own cohort."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Attempt, Response
from assessments.regrading.overriding import override
from assessments.results import result_of
from cms.page_head import head
from courses.cohorts import is_open_to
from courses.errors import StudyError
from courses.models import Enrolment
from people.actors import actor_id, people_of
from people.signed_in import signed_in


class ScoreForm(forms.Form):
    percent = forms.IntegerField(
        label=gettext_lazy("Points, in per cent"), min_value=0, max_value=100
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Why. The learner reads it beside the score."),
    )


def change_score(
    request: HttpRequest, registration: UUID, quiz_key: UUID, number: int, question_key: UUID
) -> HttpResponse:
    """Show an answer as its learner saw it; take another score and the reason."""
    user = signed_in(request)
    enrolment = get_object_or_404(Enrolment, registration=registration)
    if not is_open_to(user, enrolment):
        raise Http404
    where = {"registration": registration, "quiz_key": quiz_key, "number": number}
    attempt = get_object_or_404(Attempt.objects.exclude(finished_at=None), **where)
    response = get_object_or_404(Response, question_key=question_key, **where)
    form = ScoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            override(
                response=response,
                scaled=form.cleaned_data["percent"] / 100,
                reason=form.cleaned_data["reason"],
                by=actor_id(user),
                at=timezone.now(),
            )
        except StudyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The score is changed; the learner sees it, and why."))
        return redirect("attempt_in_cms", registration, quiz_key, number)
    return _page(request, attempt, question_key, enrolment, form)


def _page(
    request: HttpRequest,
    attempt: Attempt,
    question_key: UUID,
    enrolment: Enrolment,
    form: ScoreForm,
) -> HttpResponse:
    shown = next((q for q in result_of(attempt).questions if q.question.key == question_key), None)
    if shown is None:
        raise Http404
    title = _("Change a score")
    back = reverse("attempt_in_cms", args=[attempt.registration, attempt.quiz_key, attempt.number])
    context: dict[str, Any] = {
        "shown": shown,
        "form": form,
        "back": back,
        "who": people_of([enrolment.learner]).get(enrolment.learner),
        **head(title, "edit", (back, _("Attempt %(number)d") % {"number": attempt.number})),
    }
    return TemplateResponse(request, "assessments/admin/change_score.html", context)
