"""Give a member of one's cohort more time: who, how much so far, how much from now on, and why."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.extra_time import MOST, extra_time_of, give_extra_time
from cms.page_head import head
from courses.cohorts import Offer
from courses.models import Cohort, Enrolment
from people.actors import people_of
from people.signed_in import signed_in


class ExtraTimeForm(forms.Form):
    percent = forms.IntegerField(
        label=gettext_lazy("More time, in per cent"),
        min_value=0,
        max_value=MOST,
        help_text=gettext_lazy(
            "25 makes 75 minutes of 60, 50 makes 90, 100 makes 120; 0 takes back what was given. "
            "It holds in every quiz of the course, and a running attempt ends later at once."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Who decided it, and when: “decision of the coordinator of 3 November”. Never a "
            "diagnosis or anything else about health, family or belief: it is not needed here."
        ),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)


def offer(enrolment: Enrolment) -> Offer:
    """Return the way from the list of members to this page."""
    return Offer(_("More time"), reverse("give_extra_time", args=[enrolment.registration]))


def extra_time(request: HttpRequest, registration: UUID) -> HttpResponse:
    """Ask how much and why, then give it. Only whoever runs the learner's cohort may."""
    enrolment = get_object_or_404(Enrolment, registration=registration, withdrawn_at=None)
    own = Cohort.objects.filter(tutors=signed_in(request))
    cohort = get_object_or_404(own, key=enrolment.cohort_key)
    given = extra_time_of(enrolment)
    form = ExtraTimeForm(request.POST or None, initial={"token": uuid4().hex, "percent": given})
    who = people_of([enrolment.learner]).get(enrolment.learner)
    if request.method == "POST" and form.is_valid():
        give_extra_time(
            trainer=signed_in(request), enrolment=enrolment, at=timezone.now(), **form.cleaned_data
        )
        words = _("%(name)s now has %(percent)s %% more time.")
        messages.success(request, words % {"name": who, "percent": form.cleaned_data["percent"]})
        return redirect("cohorts:members", cohort.pk)
    context: dict[str, Any] = {
        "form": form,
        "who": who,
        "cohort": cohort,
        "given": given,
        **head(
            _("Give more time"), "time", (reverse("cohorts:members", args=[cohort.pk]), cohort.name)
        ),
    }
    return TemplateResponse(request, "assessments/admin/extra_time.html", context)
