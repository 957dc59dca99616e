"""The extra questions of sign-up; allauth asks for e-mail and password."""

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.actors import actor_id
from people.fields import InstitutionField
from people.models import Institution, Profession, User
from people.validation import refuse_jmbg

PRIVACY_VERSION = "2026-11"


class SignupForm(forms.Form):
    """Name, work, language, privacy: one page, two minutes."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=150,
        help_text=_("In either script; the certificate carries both."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    profession = forms.ModelChoiceField(label=_("Profession"), queryset=Profession.objects.all())
    institution = InstitutionField(
        label=_("Institution"),
        queryset=Institution.objects.order_by("path"),
        help_text=_(
            "The list shows what belongs to what. If yours is missing, choose “Other institution”."
        ),
    )
    municipality = forms.CharField(
        label=_("Municipality"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    personnel_number = forms.CharField(
        label=_("Personnel number (optional)"),
        max_length=40,
        required=False,
        validators=[refuse_jmbg],
        help_text=_("Your number at your institution. Never the JMBG."),
    )
    language = forms.ChoiceField(
        label=_("Language and script"), choices=User.Language.choices, initial=get_language
    )
    privacy = forms.BooleanField(label=_("I have read the privacy notice."))

    field_order = [
        "name",
        "email",
        "password1",
        "profession",
        "institution",
        "municipality",
        "personnel_number",
        "language",
        "privacy",
    ]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the answers with the account that allauth has just made."""
        answers = self.cleaned_data
        script = "name_cyrillic" if _is_cyrillic(answers["name"]) else "name_latin"
        setattr(user, script, " ".join(answers["name"].split()))
        user.complete_names()
        for name in ("profession", "institution", "municipality", "personnel_number", "language"):
            setattr(user, name, answers[name])
        user.privacy_version = PRIVACY_VERSION
        user.privacy_accepted_at = timezone.now()
        user.save()
        # The opaque id is made here, so that no page that is only read has to make it.
        actor_id(user)


def _is_cyrillic(text: str) -> bool:
    return any("\u0400" <= char <= "\u04ff" for char in text)
