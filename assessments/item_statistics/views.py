"""In the CMS: how a question fares, and how a quiz does. Figures of groups, no names."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.alike import alike
from assessments.attempt_pages.views import quiz_in_cms
from assessments.drawing import SOURCE
from assessments.item_statistics.facts import ItemLine, figures_of, quiz_figures
from assessments.item_statistics.measures import FEWEST
from assessments.item_statistics.usage import quizzes_using
from assessments.models import Question
from assessments.objectives import objectives_by_key
from assessments.question_facts import questions_by_key
from cms.page_head import head

PERMISSION = "assessments.view_question"
_SORTED_BY = ("facility", "discrimination", "count")


@require_GET
def question(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a question's figures, plain words first."""
    _require(request)
    in_source = Question.objects.filter(locale__language_code=SOURCE)
    asked = get_object_or_404(in_source, translation_key=key)
    viewset = Question.snippet_viewset
    way = [
        (reverse(viewset.get_url_name("list")), _("Questions")),
        (reverse(viewset.get_url_name("edit"), args=[asked.pk]), str(asked)),
    ]
    context = {
        "question": asked,
        "figures": figures_of(asked),
        "quizzes": quizzes_using(asked),
        "alike": alike(asked),
        "edit_url_name": viewset.get_url_name("edit"),
    }
    return _page(request, "question_fares", way, context)


@require_GET
def quiz(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """Show a quiz's figures and its questions, the hardest first or as asked."""
    _require(request)
    page = quiz_in_cms(quiz_key)
    figures = quiz_figures(page)
    by = request.GET.get("by", "")
    by = by if by in _SORTED_BY else _SORTED_BY[0]
    questions = questions_by_key({item.key for item in figures.items})
    known = objectives_by_key({line.key for line in figures.objectives})
    items = sorted(figures.items, key=lambda item: _place(item, by))
    way = [
        (reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title),
        (reverse("attempts", args=[quiz_key]), _("Attempts")),
    ]
    context = {
        "quiz": page,
        "gain_url": reverse("quiz_gain", args=[quiz_key]) if page.role else "",
        "figures": figures,
        "items": [(questions.get(item.key), item) for item in items],
        "by": by,
        "objectives": [(known.get(line.key), line) for line in figures.objectives],
    }
    return _page(request, "quiz_fares", way, context)


def _place(item: ItemLine, by: str) -> tuple[bool, float]:
    """Sort by a figure; what has none comes last."""
    value = getattr(item, by)
    return value is None, value or 0.0


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _page(
    request: HttpRequest, name: str, way: list[tuple[str, str]], context: dict[str, Any]
) -> HttpResponse:
    common = {"fewest": FEWEST, **head(_("How it fares"), "order", *way)}
    return TemplateResponse(request, f"assessments/admin/{name}.html", common | context)
