"""What somebody says who takes a file: which, in what language, and for what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from reports.exports.making import FORMATS, Wish
from reports.models import Disclosure, Kind, Purpose
from reports.workbook import ROWS

_FORMATS = [(kind, Kind(kind).label) for kind in FORMATS]


class FileForm(forms.Form):
    """A file of a report. What was said the last time is proposed."""

    kind = forms.ChoiceField(label=_("File"), choices=_FORMATS)
    language = forms.ChoiceField(
        label=_("Language and script of the file"), choices=User.Language.choices
    )
    purpose = forms.ChoiceField(
        label=_("For what"),
        choices=[("", _("Choose …")), *Purpose.choices],
    )
    purpose_words = forms.CharField(
        label=_("In a few words (optional)"),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, rows: int = 0, past: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "file-%s", **kwargs})
        self._rows, self._past = rows, past

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("purpose") == Purpose.OTHER and not data.get("purpose_words"):
            self.add_error("purpose_words", _("Say in a few words what it is for."))
        if data.get("kind") == Kind.XLSX and self._rows >= ROWS:
            self.add_error("kind", _("A sheet cannot hold so many rows. Choose CSV."))
        if data.get("kind") == Kind.PDF and self._past:
            self.add_error(
                "kind", _("The summary is of the report as it is now. Of the past take a snapshot.")
            )
        return data

    def wish(self) -> Wish:
        """Return what a valid form asks for."""
        return Wish(**self.cleaned_data)


def proposed(user: User, language: str) -> dict[str, str]:
    """Return what the person chose the last time; else a workbook in the language of the page."""
    last = Disclosure.objects.filter(by=user).order_by("-at").first()
    if last is None:
        return {"kind": Kind.XLSX, "language": language}
    names = ("kind", "language", "purpose", "purpose_words")
    return {name: getattr(last, name) for name in names}
