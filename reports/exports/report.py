"""What a file is made of: the rows of a report, and what is said about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import Mandate
from reports.completions import columns_for
from reports.completions import report as open_report
from reports.disclosures.members import Members
from reports.exports.words import Told, in_words
from reports.filters import Filters
from reports.row import CompletionRow
from serbian import in_script


@dataclass
class Report:
    """A report that is being written, in one language; who was in it is known afterwards.

    Whoever writes it does so while that language is the active one.
    """

    mandate: Mandate
    filters: Filters
    language: str
    at: datetime
    rows: Iterator[CompletionRow]
    members: Members = field(default_factory=Members)

    @property
    def columns(self) -> list[str]:
        """The columns that the mandate may see, in the order of the file."""
        return columns_for(self.mandate)

    def in_script(self, words: object) -> str:
        """Return words of the site in the script of the file."""
        return in_script(str(words), self.language)


def about(report: Report) -> list[Told]:
    """Say in words what the file is; after it was written, so that its rows are known."""
    moment = date_format(timezone.localtime(report.at), "DATETIME_FORMAT")
    return [
        Told(_("Mandate"), report.mandate.name, typed=True),
        *in_words(report.filters.as_query()),
        Told(_("Made on"), moment),
        Told(_("Rows"), str(report.members.rows)),
        Told(_("Names"), _names(report.mandate)),
        Told(_("Exact results"), _("yes") if report.mandate.exact_results else _("no")),
        *definition(),
    ]


def definition() -> list[Told]:
    """Say what a row is, and how persons are not participations."""
    return [
        Told(
            _("Definition"),
            _("A row is one enrolment; the data dictionary says what each column means."),
        ),
        Told(
            _("Persons and participations"),
            _(
                "Persons are distinct people, participations are enrolments. Profession and "
                "institution are those at the time of completion, or else of enrolment."
            ),
        ),
    ]


def figures(report: Report) -> dict[str, Any]:
    """Return persons and participations of the whole report."""
    with open_report(mandate=report.mandate, filters=report.filters) as found:
        return vars(found.totals())


def _names(mandate: Mandate) -> str:
    if mandate.identified:
        return _("yes: the file is about people by name")
    return _("no: each person is a key that means nothing elsewhere")
