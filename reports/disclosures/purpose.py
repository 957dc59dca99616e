"""For what somebody takes data about others: asked each time, and proposed the next."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from reports.models import Disclosure, Purpose


class PurposeForm(forms.Form):
    """For what; whoever chooses “Something else” says it in words."""

    purpose = forms.ChoiceField(
        label=_("For what"),
        choices=[("", _("Choose …")), *Purpose.choices],
    )
    purpose_words = forms.CharField(
        label=_("In a few words"),
        help_text=_("Needed for “Something else”."),
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("purpose") == Purpose.OTHER and not data.get("purpose_words"):
            self.add_error("purpose_words", _("Say in a few words what it is for."))
        return data


def proposed_purpose(user: User) -> dict[str, str]:
    """Return what the person said the last time, whatever was taken."""
    last = Disclosure.objects.filter(by=user).order_by("-at").first()
    return {"purpose": last.purpose, "purpose_words": last.purpose_words} if last else {}
