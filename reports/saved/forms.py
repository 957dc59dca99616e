"""How a kept report is named, shared and sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import Every, SavedView


class NameForm(forms.Form):
    """A name for the filters that are set."""

    name = forms.CharField(
        label=_("Name of the report"),
        max_length=80,
        help_text=_("Only you see it, and whoever you give the link to."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    mandate = forms.CharField(widget=forms.HiddenInput, required=False)


class ViewForm(forms.ModelForm[SavedView]):
    """Name, sharing, and letters."""

    every = forms.ChoiceField(
        label=_("Letter that the report is there"),
        choices=[("", _("No letter")), *Every.choices],
        required=False,
        help_text=_("It holds a link behind sign-in, and nobody's name."),
    )

    class Meta:
        model = SavedView
        fields = ["name", "is_shared", "every", "is_paused"]

    def clean_name(self) -> str:
        """Refuse the name of another report of the same person."""
        name: str = self.cleaned_data["name"]
        others = SavedView.objects.filter(owner=self.instance.owner_id).exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise forms.ValidationError(_("You have a report of this name already."))
        return name
