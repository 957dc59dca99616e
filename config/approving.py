"""What approval does. Wagtail loads this while its models load: nothing may be imported here."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what was reviewed.

    The right to do so is the approval itself: reviewers hold no right to publish anything else.
    While something is in review nobody but a reviewer can save it, so the latest is what was read.
    """
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
