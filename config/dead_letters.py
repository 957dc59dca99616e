"""Tasks that nobody tries again by themselves: an administrator sees them and sends them again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from lrs.work import dead_letters, send_again

PERMISSION = "django_tasks_database.change_dbtaskresult"
_SHOWN = 20


class DeadLettersPanel(Component):
    """On the first page of the CMS, as long as there is one."""

    name = "dead_letters"
    template_name = "wagtailadmin/home/dead_letters.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        letters = dead_letters()
        return {
            "letters": letters[:_SHOWN],
            "total": letters.count(),
            "csrf_token": (parent_context or {}).get("csrf_token"),
        }


@require_POST
def send_again_view(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Give one dead letter a fresh set of tries."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    task = get_object_or_404(dead_letters(), pk=task_id)
    send_again(task, at=timezone.now())
    messages.success(request, _("Sent again. It is gone from here unless it fails once more."))
    return redirect("wagtailadmin_home")
