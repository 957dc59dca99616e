"""A review is decided once: the second click, or the second reviewer, is told so.

Wagtail looks whether something is in review, and a moment later takes for granted that it still is
(`EditView.perform_workflow_action`): whoever came second met an error.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from assessments.models import Question
from config.middleware import CMS_PREFIX

Next = Callable[[HttpRequest], HttpResponse]
_PAGES = "wagtailadmin_pages"


def decide_once(get_response: Next) -> Next:
    """Let one decision on a review through; those that meet queue up at its row."""

    def respond(request: HttpRequest) -> HttpResponse:
        subject = _subject_of(request)
        if subject is None:
            return get_response(request)
        with transaction.atomic():
            if not _is_waiting(subject):
                return _say_so(request, subject)
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    return respond


def _subject_of(request: HttpRequest) -> Model | None:
    """Return what somebody with access to the CMS decides on; None if it is no decision."""
    if request.method != "POST" or not request.path_info.startswith(CMS_PREFIX):
        return None
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return None
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    is_form = match.url_name == "edit" and "action-workflow-action" in request.POST
    if not is_form and match.url_name != "workflow_action":
        return None
    return _found(match)


def _found(match: ResolverMatch) -> Model | None:
    if match.namespace == _PAGES:
        return Page.objects.filter(pk=match.kwargs["page_id"]).first()
    if match.namespace == Question.snippet_viewset.url_namespace:
        return Question.objects.filter(pk=match.kwargs["pk"]).first()
    return None


def _is_waiting(subject: Any) -> bool:
    """Say whether it is in review, and keep it so for whoever asks first."""
    states = WorkflowState.objects.select_for_update().for_instance(subject)
    return states.filter(status=WorkflowState.STATUS_IN_PROGRESS).first() is not None


def _say_so(request: HttpRequest, subject: Any) -> HttpResponse:
    words = _(
        "“%(title)s” is no longer waiting for review: it has been decided on already, by you or by "
        "somebody else. Nothing was changed now."
    )
    messages.warning(request, words % {"title": subject})
    home = reverse("wagtailadmin_home")
    if request.headers.get("x-requested-with") == "XMLHttpRequest":  # Wagtail's window
        return JsonResponse({"step": "success", "redirect": home})
    return redirect(home)
