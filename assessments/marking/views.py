"""Grade in the CMS: what waits, one answer after the other, never whose it is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.marking.forms import MarkForm
from assessments.marking.queue import like, piles_for, waiting_for
from assessments.marking.recording import attempt_with, mark_answer
from assessments.models import Response
from assessments.papers import FrozenQuestion, frozen_question
from assessments.writings import answers_of
from cms.page_head import head
from courses.errors import StudyError
from people.actors import actor_id
from people.models import User
from people.signed_in import signed_in

PERMISSION = "assessments.add_mark"


def piles(request: HttpRequest) -> HttpResponse:
    """List what waits for whoever asks, by quiz and question."""
    grader = actor_id(_grader(request))
    return _page(request, "piles", _("Grading"), {"piles": piles_for(grader)})


def grade(request: HttpRequest, writing: UUID) -> HttpResponse:
    """Show an answer with the rubric; take the points, and show the next."""
    grader = actor_id(_grader(request))
    response = Response.objects.filter(writing=writing).first()
    if response is None:
        raise Http404
    if not waiting_for(grader).filter(pk=response.pk).exists():
        messages.info(request, _("This answer does not wait for you any more."))
        return _next(response, grader)
    question = frozen_question(attempt_with(response), response.question_key)
    if question is None:
        raise Http404
    form = MarkForm(request.POST or None, parts=question.options_as_written)
    if request.method == "POST" and form.is_valid():
        _record(request, grader, writing, form)
        return _next(response, grader)
    return _answer_page(request, grader, response, question, form)


def _record(request: HttpRequest, grader: UUID, writing: UUID, form: MarkForm) -> None:
    try:
        mark_answer(
            grader=grader,
            writing=writing,
            points=form.points,
            remark=form.cleaned_data["remark"],
            at=timezone.now(),
        )
    except StudyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The points are recorded."))


def _answer_page(
    request: HttpRequest,
    grader: UUID,
    response: Response,
    question: FrozenQuestion,
    form: MarkForm,
) -> HttpResponse:
    answer = answers_of([response])[response.question_key]
    shown = question.of_kind.reviewed(question.options, answer, question.options_as_written)
    context = {
        "question": question,
        "shown": shown,
        "form": form,
        "left": like(response, grader).count(),
        "twice": response.graders > 1,
    }
    return _page(request, "answer", _("Grade an answer"), context)


def _next(response: Response, grader: UUID) -> HttpResponse:
    following = like(response, grader).first()
    if following is None:
        return redirect("grading")
    return redirect("grade", writing=following.writing)


def _grader(request: HttpRequest) -> User:
    user = signed_in(request)
    if not user.has_perm(PERMISSION):
        raise PermissionDenied
    return user


def _page(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    way = [] if name == "piles" else [(reverse("grading"), _("Grading"))]
    common = head(title, "edit", *way)
    return TemplateResponse(request, f"assessments/admin/grading_{name}.html", common | context)
