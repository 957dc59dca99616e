"""A letter to the administrators: a client is no longer told that there is news."""

from django_tasks import task

from people.letters import send_letter
from people.models import User
from people.roles import ADMINISTRATOR
from reports.models import Webhook


@task()
def tell_given_up(pk: int) -> None:
    """Write to every administrator, unless somebody has set it going again meanwhile."""
    webhook = Webhook.objects.filter(pk=pk, is_active=False).select_related("client").first()
    if webhook is None:
        return
    about = {"client": webhook.client.name, "endpoint": webhook.endpoint, "reason": webhook.reason}
    for administrator in User.objects.filter(groups__name=ADMINISTRATOR, is_active=True):
        send_letter(to=administrator, template="reports/mail/webhook_given_up", context=about)
