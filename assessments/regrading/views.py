"""In the CMS: what a changed key would change, and the decision."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from assessments.drawing import SOURCE
from assessments.kinds import KINDS
from assessments.models import KeyDecision, Question, Remark
from assessments.regrading.consequences import Consequences, consequences_of
from assessments.regrading.decisions import decide, progress_of, undecided
from assessments.regrading.keys import parts_in
from cms.page_head import head
from people.actors import actor_id
from people.signed_in import signed_in

PERMISSION = "assessments.add_keydecision"


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "What was wrong with the earlier key. Learners read it beside their changed score."
        ),
    )


def regrade(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what would change; keep the results or score anew, with a reason."""
    user = signed_in(request)
    if not user.has_perm(PERMISSION):
        raise PermissionDenied
    published = Question.objects.filter(live=True, locale__language_code=SOURCE)
    question = get_object_or_404(published, translation_key=key)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keeps = "keep" in request.POST
        decide(
            question=question,
            keeps=keeps,
            reason=form.cleaned_data["reason"],
            by=actor_id(user),
            at=timezone.now(),
        )
        messages.success(request, _kept() if keeps else _begun())
        return redirect("regrade", key=key)
    context = _context(question, consequences_of(question), form)
    return TemplateResponse(request, "assessments/admin/regrade.html", context)


def _context(question: Question, found: Consequences, form: DecisionForm) -> dict[str, Any]:
    numbers = {answer.response.revision for answer in found.answers} | {question.live_revision_id}
    revisions = Revision.objects.filter(pk__in=numbers).order_by("-created_at")
    decisions = KeyDecision.objects.filter(question_key=question.key).order_by("-decided_at")
    remarks = Remark.objects.in_bulk([one.remark for one in decisions])
    title = _("Score answers anew")
    viewset = Question.snippet_viewset
    return {
        "question": question,
        "found": found,
        "form": form,
        "progress": progress_of(question),
        "is_open": bool(undecided(question.key)),
        "keys": [(revision, _shown(question, revision)) for revision in revisions],
        "decisions": [(one, remarks.get(one.remark)) for one in decisions],
        **head(
            title,
            "help",
            (reverse(viewset.get_url_name("list")), _("Questions")),
            (reverse(viewset.get_url_name("edit"), args=[question.pk]), str(question)),
        ),
    }


def _shown(question: Question, revision: Revision) -> dict[str, Any]:
    """Return a revision as its result template shows it, answered rightly."""
    kind, parts = KINDS[question.kind], parts_in(revision)
    return {
        "template": kind.result_template,
        "reviewed": kind.reviewed(parts, kind.perfect(parts), parts),
    }


def _kept() -> str:
    return _("The results stay as they are. The decision is kept with its reason.")


def _begun() -> str:
    return _("The answers are being scored anew. You can leave this page; it goes on.")
