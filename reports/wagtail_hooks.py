"""What the reporting room adds to the CMS."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from reports.disclosures import views
from reports.models import Webhook
from reports.webhooks.screens import WebhookViewSet, register_webhook_actions

hooks.register("register_log_actions", register_webhook_actions)


@hooks.register("register_admin_viewset")
def webhooks() -> WebhookViewSet:
    return WebhookViewSet()


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("disclosures/", views.disclosures, name="disclosures"),
        path("disclosures.csv", views.disclosures_csv, name="disclosures_csv"),
    ]


class DisclosuresMenuItem(MenuItem):
    """Shown to data protection officers and administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.PERMISSION)


@hooks.register("register_reports_menu_item")
def who_received_what() -> MenuItem:
    return DisclosuresMenuItem(
        gettext_lazy("Who received what"),
        reverse_lazy("disclosures"),
        icon_name="download",
        order=850,
    )


class GivenUpPanel(Component):
    """On the first page of the CMS: clients that are no longer told, as long as there is one."""

    name = "webhooks_given_up"
    template_name = "wagtailadmin/home/webhooks_given_up.html"
    order = 51

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        given_up = Webhook.objects.filter(is_active=False).exclude(given_up_at=None)
        return {"webhooks": given_up.select_related("client")}


@hooks.register("construct_homepage_panels")
def add_given_up(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("reports.change_webhook"):
        panels.append(GivenUpPanel())
