"""What a list is called, which courses it asks for, until when; its file; and a file to take."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reports.coverage.errors import FileTooLarge
from reports.coverage.keeping import Wanted
from reports.coverage.reading import MOST_BYTES
from reports.disclosures.purpose import PurposeForm


class FileForm(forms.Form):
    """A file to read."""

    file = forms.FileField(
        label=_("File with the list"),
        help_text=_(
            "CSV or XLSX, up to 5 MB and 20,000 lines. The first line names the columns. Never "
            "the JMBG."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(str(FileTooLarge()))
        return file


class ListForm(FileForm):
    """A new list."""

    name = forms.CharField(
        label=_("Name of the list"),
        max_length=120,
        help_text=_("As you will recognise it, for example: Judges, first half of 2027."),
    )
    courses = forms.MultipleChoiceField(
        label=_("Courses"),
        help_text=_("Whoever has completed one of these has done it, in any edition."),
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = forms.DateField(
        label=_("Due day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    counts_from = forms.DateField(
        label=_("Completions count from (optional)"),
        help_text=_("Leave it empty if it does not matter when somebody completed the course."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ["name", "courses", "due_on", "counts_from", "file"]

    def __init__(self, *args: Any, courses: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["courses"]
        field.choices = [(str(key), title) for key, title in courses]  # type: ignore[attr-defined]

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if not 2000 <= due.year <= 2100:
            raise ValidationError(_("Choose a day of this century."))
        return due

    def clean(self) -> None:
        super().clean()
        due, first = self.cleaned_data.get("due_on"), self.cleaned_data.get("counts_from")
        if due and first and first > due:
            self.add_error("counts_from", _("This day is later than the due day."))

    def wanted(self) -> Wanted:
        """Return what was said, without the file."""
        said = self.cleaned_data
        keys = [UUID(key) for key in said["courses"]]
        return Wanted(said["name"], keys, said["due_on"], said["counts_from"])


@dataclass(frozen=True)
class Wish:
    """What somebody says who takes people of a list: in which form, and for what."""

    file: str
    purpose: str
    purpose_words: str = ""


class TakeForm(PurposeForm):
    """People of a list as a file. What was said the last time is proposed."""

    file = forms.ChoiceField(
        label=_("File"), choices=[("xlsx", _("Excel workbook (XLSX)")), ("csv", "CSV")]
    )
    field_order = ["file"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "take-%s", **kwargs})

    def wish(self) -> Wish:
        """Return what a valid form asks for."""
        return Wish(**self.cleaned_data)
