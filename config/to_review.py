"""What waits for a reviewer, on the first page of the CMS: each title leads to it.

Wagtail links a title only for whoever may edit at any time; a reviewer may just now.
"""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Page


class ToReviewPanel(WorkflowObjectsToModeratePanel):
    """Wagtail's panel, with the way to each thing, its preview and its comparison in sight."""

    template_name = "wagtailadmin/home/to_review.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        for state in context["states"]:
            state["edit_url"] = edit_url_of(state["obj"])
        return context


def edit_url_of(subject: Any) -> str:
    """Return where something in review is read, and decided on."""
    if isinstance(subject, Page):
        return reverse("wagtailadmin_pages:edit", args=[subject.pk])
    return reverse(subject.snippet_viewset.get_url_name("edit"), args=[subject.pk])


def put_in_place(panels: list[Component]) -> None:
    """Put ours where Wagtail's stands."""
    panels[:] = [
        ToReviewPanel() if type(panel) is WorkflowObjectsToModeratePanel else panel
        for panel in panels
    ]
