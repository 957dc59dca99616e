"""What is tried, and as whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Form
from assessments.trial.sitting import Wanted
from assessments.trial.tried import LABELS, Tried
from people.models import Profession


class TrialForm(forms.Form):
    """The version of the quiz, and the profession for which questions are drawn."""

    version = forms.ChoiceField(label=_("Version"))
    profession = forms.ModelChoiceField(
        label=_("As a learner of the profession"),
        queryset=Profession.objects.all(),
        to_field_name="key",
        required=False,
        empty_label=_("any"),
        help_text=_("Questions for everyone or for this profession are drawn first."),
    )

    def __init__(self, tried: Tried, *args: Any) -> None:
        super().__init__(*args)
        version = self.fields["version"]
        assert isinstance(version, forms.ChoiceField)  # noqa: S101  # declared above
        version.choices = [(name, LABELS[name]) for name in tried.versions]
        if len(tried.versions) == 1:
            version.widget, version.initial = forms.HiddenInput(), tried.version
        if tried.rules.role:
            choices = [("", _("by chance, as for learners")), *Form.choices]
            self.fields["form"] = forms.ChoiceField(
                label=_("Form"), choices=choices, required=False
            )

    @property
    def wanted(self) -> Wanted:
        """As whom, and in which form."""
        chosen = self.cleaned_data["profession"]
        return Wanted(chosen.key if chosen else "", self.cleaned_data.get("form", ""))
