"""What the reporting room adds to the CMS."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from reports.models import Webhook
from reports.webhooks.screens import WebhookViewSet, register_webhook_actions

hooks.register("register_log_actions", register_webhook_actions)


@hooks.register("register_admin_viewset")
def webhooks() -> WebhookViewSet:
    return WebhookViewSet()


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
