"""The list of who was given what, by what somebody looks for in it."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.spreadsheets import harmless
from reports.models import Disclosure, Kind, Purpose

_ANY = [("", gettext_lazy("all"))]
_NAMES = [("", gettext_lazy("all")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


class DisclosureFilters(forms.Form):
    """All fields are optional; they stand in the address."""

    q = forms.CharField(
        label=gettext_lazy("Name, e-mail, machine client or mandate"),
        required=False,
        max_length=100,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What"), required=False, choices=[*_ANY, *Kind.choices]
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Purpose"), required=False, choices=[*_ANY, *Purpose.choices]
    )
    names = forms.ChoiceField(label=gettext_lazy("With names"), required=False, choices=_NAMES)
    since = forms.DateField(
        label=gettext_lazy("From day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=gettext_lazy("To day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def found(self) -> QuerySet[Disclosure]:
        """Return what a valid form looks for, the newest first; nothing for another form."""
        every = Disclosure.objects.select_related("by").order_by("-at", "key")
        if not self.is_valid():
            return every.none()
        data = self.cleaned_data
        words, exact = data["q"].strip(), {n: data[n] for n in ("kind", "purpose") if data[n]}
        every = every.filter(_about(words) if words else Q(), **exact)
        if data["names"]:
            every = every.filter(identified=data["names"] == "yes")
        if data["since"]:
            every = every.filter(at__gte=_midnight(data["since"]))
        if data["until"]:
            every = every.filter(at__lt=_midnight(data["until"] + timedelta(days=1)))
        return every


def lines(found: Iterable[Disclosure]) -> Iterator[str]:
    """Yield the list as a CSV file, line by line: UTF-8 with BOM."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(_headings())
    for one in found:
        yield writer.writerow([harmless(str(value)) for value in _cells(one)])


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _about(words: str) -> Q:
    named = Q(by__name_latin__icontains=words) | Q(by__name_cyrillic__icontains=words)
    reader = named | Q(by__email__icontains=words) | Q(client_name__icontains=words)
    return reader | Q(mandate_name__icontains=words)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _headings() -> list[str]:
    return [
        _("When"),
        _("Who"),
        _("E-mail"),
        _("Mandate"),
        _("What"),
        _("Language"),
        _("Filters"),
        _("Rows"),
        _("Persons"),
        _("With names"),
        _("With exact results"),
        _("Purpose"),
        _("In their words"),
        _("What became of it"),
        _("Requests"),
        "SHA-256",
    ]


def _cells(one: Disclosure) -> list[Any]:
    yes, no = _("yes"), _("no")
    return [
        timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M:%S"),
        one.client_name or (one.by.display_name if one.by else ""),
        one.by.email if one.by else "",
        one.mandate_name,
        one.get_kind_display(),
        one.language,
        one.filters,
        "" if one.rows is None else one.rows,
        "" if one.persons is None else one.persons,
        yes if one.identified else no,
        yes if one.exact_results else no,
        one.get_purpose_display() if one.purpose else "",
        one.purpose_words,
        one.get_outcome_display(),
        one.requests or "",
        one.sha256,
    ]
