"""What an administrator says of a new credential of the record store."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from lrs.credentials import (
    Issued,
    NotAnActivityPrefix,
    NotAnAgent,
    checked_agent,
    checked_prefix,
    create,
)
from lrs.models import Credential

_FIELDS = ("name", "scopes", "registration", "agent", "activity_prefix", "expires_at")


class CredentialForm(WagtailAdminModelForm):
    """A credential, what it may do and to what."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Scopes"),
        choices=Credential.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_agent(self) -> dict[str, Any] | None:
        try:
            return checked_agent(self.cleaned_data["agent"])
        except NotAnAgent as error:
            words = _("This is not an agent with an identifier, written as xAPI writes it.")
            raise ValidationError(words) from error

    def clean_activity_prefix(self) -> str:
        try:
            return checked_prefix(self.cleaned_data["activity_prefix"])
        except NotAnActivityPrefix as error:
            raise ValidationError(
                _("Ids of activities begin with https:// or the like.")
            ) from error

    def clean_expires_at(self) -> datetime | None:
        expires_at: datetime | None = self.cleaned_data["expires_at"]
        if expires_at and expires_at <= timezone.now():
            raise ValidationError(_("This moment is over already."))
        return expires_at

    def issue(self) -> Issued:
        """Make the credential that was asked for."""
        return create(**{name: self.cleaned_data[name] for name in _FIELDS})


PANELS = [
    FieldPanel("name", help_text=gettext_lazy("Which system of which institution.")),
    FieldPanel(
        "scopes", help_text=gettext_lazy("As few as it needs; the bounds below narrow them.")
    ),
    FieldPanel(
        "registration", help_text=gettext_lazy("A UUID; empty: statements of every registration.")
    ),
    FieldPanel(
        "agent",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=format_lazy(
            gettext_lazy("JSON, such as {example}; empty: everybody."),
            example='{"account": {"homePage": "https://example.org", "name": "17"}}',
        ),
    ),
    FieldPanel(
        "activity_prefix",
        help_text=gettext_lazy("Best with a slash at the end; empty: every activity."),
    ),
    FieldRowPanel(
        [FieldPanel("expires_at", help_text=gettext_lazy("Empty: until it is revoked."))]
    ),
]
