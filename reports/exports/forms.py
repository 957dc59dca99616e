"""What somebody says who takes a file: which, in what language, and for what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from reports.disclosures.purpose import PurposeForm, proposed_purpose
from reports.exports.making import FORMATS, Wish
from reports.models import Disclosure, Kind
from reports.workbook import ROWS

_FORMATS = [(kind, Kind(kind).label) for kind in FORMATS]


class FileForm(PurposeForm):
    """A file of a report. Which file, and for what, is proposed as the last time."""

    kind = forms.ChoiceField(label=_("File"), choices=_FORMATS)
    language = forms.ChoiceField(
        label=_("Language and script of the file"), choices=User.Language.choices
    )
    field_order = ["kind", "language"]

    def __init__(self, *args: Any, rows: int = 0, past: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "file-%s", **kwargs})
        self._rows, self._past = rows, past

    def clean(self) -> dict[str, Any]:
        data = super().clean()
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
    """Return which file the person chose the last time, else a workbook, and for what it was; in
    the language of the page."""
    last = Disclosure.objects.filter(by=user, kind__in=FORMATS).order_by("-at").first()
    kind = last.kind if last else Kind.XLSX
    return {"kind": kind, "language": language, **proposed_purpose(user)}
