"""Legal review: nothing a trainer wrote goes live before a reviewer has compared and approved it.

Wagtail's own workflow with one task; it stands on the catalogue and on the question bank.
"""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    GroupApprovalTask,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from assessments.models import Question
from courses.models import CataloguePage
from people.roles import REVIEWER

NAME = "Legal review"
# Wagtail's migrations put this one on every page, with a group that nobody belongs to.
_WAGTAILS_OWN = "Moderators approval"


def sync_review() -> None:
    """Make the workflow, its task and where it applies; safe to repeat."""
    for unused in Workflow.objects.filter(name=_WAGTAILS_OWN, active=True):
        unused.deactivate()
    for task in GroupApprovalTask.objects.filter(name=_WAGTAILS_OWN, active=True):
        task.deactivate()
    workflow, _ = Workflow.objects.get_or_create(name=NAME, defaults={"active": True})
    task, _ = GroupApprovalTask.objects.get_or_create(name=NAME, defaults={"active": True})
    task.groups.set(Group.objects.filter(name=REVIEWER))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    for catalogue in CataloguePage.objects.all():
        WorkflowPage.objects.update_or_create(page_id=catalogue.pk, defaults={"workflow": workflow})
    WorkflowContentType.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(Question), defaults={"workflow": workflow}
    )
