"""What Wagtail's log keeps about an account, forgotten with it."""

from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from people.models import User


def forget_in_cms(user: User, actor: UUID) -> None:
    """Destroy the log entries about the account: each carries the name as its label."""
    account = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=account, object_id=str(user.pk)).delete()
