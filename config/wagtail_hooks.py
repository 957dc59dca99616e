"""Wiring between the CMS and what no single room owns."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState
from wagtail.signals import workflow_submitted

from config import statement_browser
from config.dead_letters import PERMISSION, DeadLettersPanel, send_again_view
from config.forwarding import ForwardingViewSet, register_forwarding_actions
from config.lrs_credentials import CredentialViewSet, register_actions
from config.roles import sync_roles
from config.to_review import put_in_place
from courses.models import CataloguePage

hooks.register("register_log_actions", register_actions)
hooks.register("register_log_actions", register_forwarding_actions)


# Whoever may decide is written to for the task; for the workflow the same letter would come again.
# Here, because Wagtail connects it when it is ready, after us.
workflow_submitted.disconnect(
    sender=WorkflowState, dispatch_uid="workflow_state_submitted_email_notification"
)


@hooks.register("register_admin_viewset")
def credentials_of_the_record_store() -> CredentialViewSet:
    return CredentialViewSet()


@hooks.register("register_admin_viewset")
def other_record_stores() -> ForwardingViewSet:
    return ForwardingViewSet()


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    letters = path("dead-letters/<uuid:task_id>/", send_again_view, name="send_again")
    return [letters, *statement_browser.urls()]


@hooks.register("register_reports_menu_item")
def the_log() -> MenuItem:
    return StatementsMenuItem(
        gettext_lazy("Statements"), reverse_lazy("lrs_statements"), icon_name="list-ul", order=900
    )


class StatementsMenuItem(MenuItem):
    """Shown to whoever may look into the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(statement_browser.PERMISSION)


@hooks.register("construct_homepage_panels")
def add_dead_letters(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(PERMISSION):
        panels.append(DeadLettersPanel())


@hooks.register("construct_homepage_panels")
def lead_to_what_waits_for_review(request: HttpRequest, panels: list[Component]) -> None:
    put_in_place(panels)


@hooks.register("after_create_page")
def extend_roles(request: HttpRequest, page: Page) -> None:
    """A new catalogue, of another language, is written and reviewed by the same people."""
    if isinstance(page, CataloguePage):
        sync_roles()
