"""What people tell about themselves."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.corrections import tell
from people.fields import InstitutionField
from people.models import Function, Institution, User
from serbian import to_cyrillic, to_latin


class AboutMeForm(forms.ModelForm[User]):
    """Name in both scripts, and what one is where: certificate and reports rest on it."""

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
            "function",
            "municipality",
            "personnel_number",
            "language",
        ]
        labels = {
            "name_cyrillic": _("Name and surname in Cyrillic"),
            "name_latin": _("Name and surname in Latin"),
            "function": _("Function (optional)"),
            "municipality": _("Municipality"),
            "personnel_number": _("Personnel number (optional)"),
        }
        help_texts = {
            "name_cyrillic": _("As it shall stand on the certificate. One script is enough."),
            "name_latin": _("If left empty, it is made from the other script; you can change it."),
            "function": _("What you are at your institution, if the list has it."),
            "personnel_number": _("Your number at your institution. Never the JMBG."),
        }
        widgets = {
            "name_cyrillic": forms.TextInput(attrs={"autocomplete": "name"}),
            "name_latin": forms.TextInput(attrs={"autocomplete": "name"}),
            "municipality": forms.TextInput(attrs={"autocomplete": "address-level2"}),
        }

    followed = ""  # the name in the other script, changed along with the one that was typed
    one_script_only = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("profession", "municipality"):  # as at sign-up
            self.fields[name].required = True
        if not Function.objects.exists():  # this site asks nobody
            del self.fields["function"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("name_cyrillic") or cleaned.get("name_latin")):
            self.add_error("name_cyrillic", _("Write your name in one of the two scripts."))
        self._follow(cleaned)
        return cleaned

    def save(self, commit: bool = True) -> User:
        with transaction.atomic():
            user: User = super().save(commit)
            if self.has_changed():
                tell(user)
        return user

    def _follow(self, cleaned: dict[str, Any]) -> None:
        """Where one script was changed, change the other if it had been made from it by rule."""
        old = {name: self.initial.get(name) or "" for name in _BY_RULE}
        changed = [name for name in _BY_RULE if cleaned.get(name, "") != old[name]]
        if len(changed) != 1:
            return
        typed, by_rule = changed[0], _BY_RULE[changed[0]]
        other = next(name for name in _BY_RULE if name != typed)
        if not cleaned.get(typed) or not cleaned.get(other):
            return  # the empty one is made from the other in any case
        if old[other] == by_rule(old[typed]):
            cleaned[other] = self.followed = by_rule(cleaned[typed])
        else:
            self.one_script_only = True


# From the name in this script the one in the other is made.
_BY_RULE = {"name_cyrillic": to_latin, "name_latin": to_cyrillic}


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
