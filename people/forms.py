"""What people tell about themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import InstitutionField
from people.models import Institution, User


class AboutMeForm(forms.ModelForm[User]):
    """Name in both scripts, profession, institution: what certificate and reports rest on."""

    institution = InstitutionField(
        label=_("Institution"), queryset=Institution.objects.order_by("path")
    )

    class Meta:
        model = User
        fields = [
            "name_cyrillic",
            "name_latin",
            "profession",
            "institution",
            "municipality",
            "personnel_number",
            "language",
        ]
        labels = {
            "name_cyrillic": _("Name and surname in Cyrillic"),
            "name_latin": _("Name and surname in Latin"),
        }
        help_texts = {
            "name_cyrillic": _("As it shall stand on the certificate. One script is enough."),
            "name_latin": _("If left empty, it is made from the other script; you can change it."),
        }
        widgets = {
            "name_cyrillic": forms.TextInput(attrs={"autocomplete": "name"}),
            "name_latin": forms.TextInput(attrs={"autocomplete": "name"}),
            "municipality": forms.TextInput(attrs={"autocomplete": "address-level2"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profession"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("name_cyrillic") or cleaned.get("name_latin")):
            self.add_error("name_cyrillic", _("Write your name in one of the two scripts."))
        return cleaned


class EraseForm(forms.Form):
    """The password, once more: nobody else may erase an account."""

    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password
