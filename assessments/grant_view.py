"""Grant one more attempt: who, where, how it went, and the reason."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.attempts import standing_in
from assessments.granting import grant_attempt
from assessments.models import QuizPage
from cms.page_head import head
from courses.cohorts import cohorts_open_to
from courses.models import Cohort, Enrolment
from courses.study import edition_of
from people.actors import people_of
from people.signed_in import signed_in


class GrantForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Kept with the grant, for whoever asks later. Write nothing about health or family."
        ),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)


def grant(request: HttpRequest, registration: UUID, quiz_key: UUID) -> HttpResponse:
    """Ask for the reason, then open one more attempt for a member of one's cohort."""
    enrolment, cohort, quiz = _place(request, registration, quiz_key)
    now = timezone.now()
    form = GrantForm(request.POST or None, initial={"token": uuid4().hex})
    who = people_of([enrolment.learner]).get(enrolment.learner)
    if request.method == "POST" and form.is_valid():
        grant_attempt(
            trainer=signed_in(request),
            enrolment=enrolment,
            quiz=quiz,
            reason=form.cleaned_data["reason"],
            token=form.cleaned_data["token"],
            at=now,
        )
        messages.success(request, _("One more attempt is open for %(name)s.") % {"name": who})
        return redirect("cohorts:members", cohort.pk)
    context: dict[str, Any] = {
        "form": form,
        "who": who,
        "quiz": quiz,
        "cohort": cohort,
        "standing": standing_in(enrolment=enrolment, quiz=quiz, at=now),
        **head(
            _("Grant one more attempt"),
            "resubmit",
            (reverse("cohorts:members", args=[cohort.pk]), cohort.name),
        ),
    }
    return TemplateResponse(request, "assessments/admin/grant.html", context)


def _place(
    request: HttpRequest, registration: UUID, quiz_key: UUID
) -> tuple[Enrolment, Cohort, QuizPage]:
    enrolment = get_object_or_404(Enrolment, registration=registration, withdrawn_at=None)
    own = cohorts_open_to(signed_in(request))
    cohort = get_object_or_404(own, key=enrolment.cohort_key)
    if edition_of(enrolment).activity(quiz_key) is None:
        raise Http404
    pages = QuizPage.objects.filter(translation_key=quiz_key).order_by("locale__language_code")
    quiz = pages.first()
    if quiz is None:
        raise Http404
    return enrolment, cohort, quiz
