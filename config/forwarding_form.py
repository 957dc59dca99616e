"""What an administrator says of a record store to which statements go on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.widgets import AdminDateTimeInput

from lrs.forwarding.endpoints import EndpointRefused, checked_endpoint
from lrs.forwarding.targets import save
from lrs.models import Forwarding
from xapi.data import Malformed, check_iri


class ForwardingForm(WagtailAdminModelForm):
    """A target. Its secret is written here and never shown again."""

    new_secret = forms.CharField(
        label=gettext_lazy("Secret"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Kept encrypted and never shown. Empty: the one kept stays."),
    )
    verbs = forms.CharField(
        label=gettext_lazy("Only these verbs"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "The id of one verb on each line; empty: every verb. What takes a statement back is "
            "always sent."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["verbs"] = "\n".join(self.instance.verbs)
        self._endpoint = self.instance.endpoint
        if self.instance.pk:
            del self.fields["since"]
        else:
            self.fields["new_secret"].required = True
            self.initial["since"] = timezone.now()

    def clean_endpoint(self) -> str:
        try:
            return checked_endpoint(self.cleaned_data["endpoint"])
        except EndpointRefused as error:
            words = _("This must be the whole address of a record store, with https://.")
            raise ValidationError(words) from error

    def clean_verbs(self) -> list[str]:
        verbs = self.cleaned_data["verbs"].split()
        try:
            for verb in verbs:
                check_iri(verb, "verb")
        except Malformed as error:
            raise ValidationError(_("Ids of verbs begin with https:// or the like.")) from error
        return verbs

    def clean(self) -> dict[str, Any]:
        """Let no kept secret go to another address than it was entered for."""
        data: dict[str, Any] = super().clean()
        moved = self.instance.pk and data.get("endpoint", self._endpoint) != self._endpoint
        if moved and not data.get("new_secret"):
            self.add_error("new_secret", _("For another address enter the secret again."))
        return data

    def save(self, commit: bool = True) -> Forwarding:
        forwarding: Forwarding = super().save(commit=False)
        save(forwarding, secret=self.cleaned_data["new_secret"])
        return forwarding


class BackFillForm(forms.Form):
    """From which moment to send again."""

    since = forms.DateTimeField(
        label=gettext_lazy("From which moment"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("Empty: from the beginning."),
    )


PANELS = [
    FieldPanel("name", help_text=gettext_lazy("Which system of which institution.")),
    FieldPanel(
        "endpoint",
        help_text=gettext_lazy("The address below which the store has its “statements”."),
    ),
    FieldRowPanel([FieldPanel("username"), FieldPanel("new_secret")]),
    FieldPanel("version"),
    FieldPanel("only_ours"),
    FieldPanel("verbs"),
    FieldPanel("since", help_text=gettext_lazy("Empty: from the beginning.")),
]
