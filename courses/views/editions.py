"""Publish a new edition of a course: first what differs, then the decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.page_head import head
from courses.edition_changes import next_edition
from courses.editions import publish_edition
from courses.missing import NotInEveryLanguage
from courses.models import CoursePage


def publish_edition_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what a new edition would change; publish it on confirmation."""
    if not request.user.has_perm("courses.publish_edition"):
        raise PermissionDenied
    course = get_object_or_404(CoursePage, pk=page_id)
    if request.method == "POST":
        try:
            edition = publish_edition(course=course, at=timezone.now())
        except NotInEveryLanguage as refused:
            messages.error(request, str(refused))
            return redirect("publish_edition", course.pk)
        words = _("Edition %(number)d stands. New enrolments get it; running ones keep theirs.")
        messages.success(request, words % {"number": edition.number})
        return redirect("wagtailadmin_explore", course.pk)
    context = {
        "course": course,
        "next": next_edition(course),
        **head(
            _("Publish a new edition"),
            "history",
            (reverse("wagtailadmin_explore", args=[course.pk]), course.title),
        ),
    }
    return TemplateResponse(request, "courses/admin/publish_edition.html", context)
