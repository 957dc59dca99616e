"""What this room adds to Wagtail."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from courses.cohort_admin import CohortViewSet
from courses.edition_notes import button_label, note_on_opening, note_on_publishing
from courses.keeping import has_members, has_statements
from courses.models import Cohort, CoursePage
from courses.panels import CoursesPanel
from courses.previewing import PREVIEWERS
from courses.serving import SERVERS
from courses.views.editions import publish_edition_view

register_snippet(CohortViewSet)


# After Wagtail's own hook, which checks whether the visitor may see the page.
@hooks.register("on_serve_page", order=100)
def serve(follow: Any) -> Any:
    """Show the pages of this room through their own views."""

    def respond(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        server = SERVERS.get(type(page))
        response: HttpResponse = (
            server(request, page) if server else follow(page, request, args, kwargs)
        )
        return response

    return respond


@hooks.register("serve_page_preview")
def preview(page: Page, request: HttpRequest) -> HttpResponse | None:
    """Preview the pages of this room as learners will see them."""
    previewer = PREVIEWERS.get(type(page))
    response: HttpResponse | None = previewer(request, page) if previewer else None
    return response


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("courses/<int:page_id>/edition/", publish_edition_view, name="publish_edition")]


@hooks.register("register_page_header_buttons")
def edition_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer a new edition on the page of a course, to those who may publish one."""
    if page.specific_class is CoursePage and user.has_perm("courses.publish_edition"):
        yield Button(
            button_label(page),
            reverse("publish_edition", args=[page.pk]),
            icon_name="history",
            priority=5,
        )


hooks.register("before_edit_page", note_on_opening)
hooks.register("after_edit_page", note_on_publishing)


@hooks.register("construct_homepage_panels")
def add_courses_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(CoursesPanel())


@hooks.register("before_delete_snippet")
def keep_cohorts_with_members(
    request: HttpRequest, instances: Iterable[Model]
) -> HttpResponse | None:
    """Enrolments name their cohort for good."""
    cohorts = [cohort for cohort in instances if isinstance(cohort, Cohort)]
    if not any(has_members(cohort) for cohort in cohorts):
        return None
    messages.error(request, _("This cohort has members. It stays; end it by its last day."))
    return redirect("cohorts:list")


@hooks.register("before_delete_page")
def keep_studied_pages(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page with statements is archived, not deleted: the log names it for good."""
    return _refused(request) if has_statements([page]) else None


@hooks.register("before_bulk_action")
def keep_studied_pages_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action_class: Any
) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)]
    return _refused(request) if action_type == "delete" and has_statements(pages) else None


def _refused(request: HttpRequest) -> HttpResponse:
    words = _("Learners have worked on this. Unpublish it instead: what they did stays provable.")
    messages.error(request, words)
    return redirect("wagtailadmin_explore_root")
