"""What an administrator says of a webhook."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel

from people.models import MachineClient
from reports.webhooks.endpoints import EndpointRefused, checked_endpoint

_DAYS = 7


class WebhookForm(WagtailAdminModelForm):
    """Which client is told, and where; the client stays the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["client"]
        else:
            untold = MachineClient.objects.filter(webhook=None, revoked_at=None)
            self.fields["client"].queryset = untold.order_by("name")

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"].strip()
        try:
            checked_endpoint(endpoint)
        except EndpointRefused as error:
            words = _("This must be a whole address of the public network, with https://.")
            raise ValidationError(words) from error
        return endpoint


class NewSecretForm(forms.Form):
    """How long hints are signed with the old secret as well."""

    old_days = forms.IntegerField(
        label=gettext_lazy("The old one stays valid for so many days"),
        min_value=0,
        max_value=365,
        initial=_DAYS,
        help_text=gettext_lazy(
            "Time in which the new one is entered in the other system. 0: it ends at once."
        ),
    )


PANELS = [
    FieldPanel(
        "client",
        help_text=gettext_lazy("Its mandate decides what is news; every client has one address."),
    ),
    FieldPanel(
        "endpoint",
        help_text=gettext_lazy(
            "Where the other system waits for hints. They say that there is news, and nothing "
            "about anybody."
        ),
    ),
]
