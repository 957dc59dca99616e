"""The table of figures beside a picture, on the page and in a file."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment
from reports.aggregates import Figures, for_outside
from reports.completions import Totals
from reports.tabs import MONTH, Group, groups_by

# In place of a figure that is hidden.
HIDDEN = "*"
MEASURES: Mapping[str, str | Promise] = {
    "persons": _("Persons"),
    "participations": _("Participations"),
    "persons_completed": _("Persons who completed"),
    "completions": _("Completions"),
    "hours": _("Credited hours"),
}
GROUPS: Mapping[str, str | Promise] = {
    MONTH: _("Month"),
    "profession": _("Profession"),
    "region": _("Region"),
    "institution": _("Institution"),
    "course": _("Course"),
}
# Of a month only completions are counted: as many as participations, and as many persons.
_OF_MONTH = ("persons_completed", "completions", "hours")
# So many groups are read on a page; the file holds them all.
ON_PAGE = 200


@dataclass(frozen=True)
class FigureTable:
    """Groups with their figures under headings."""

    by: str
    groups: list[Group]
    measures: tuple[str, ...]

    @property
    def headings(self) -> list[str]:
        """The headings of the figures, in the active language."""
        return [str(MEASURES[name]) for name in self.measures]

    @property
    def heading(self) -> str:
        """What the groups are."""
        return str(GROUPS[self.by])

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The first groups by name, with heading and figure in words."""
        return [
            (one.label, list(zip(self.headings, self._said(one.figures), strict=True)))
            for one in self.groups[:ON_PAGE]
        ]

    @property
    def left_out(self) -> int:
        """How many groups stand in the file alone."""
        return max(len(self.groups) - ON_PAGE, 0)

    @property
    def hides(self) -> bool:
        """Whether any figure is hidden."""
        return any(value is None for one in self.groups for value in self.values(one.figures))

    def values(self, figures: Figures) -> list[int | float | None]:
        """Return the figures of a group in the order of the headings; None is hidden."""
        return [getattr(figures, name) for name in self.measures]

    def _said(self, figures: Figures) -> list[str]:
        return [
            HIDDEN if value is None else number_format(value, force_grouping=True)
            for value in self.values(figures)
        ]


def table_of(enrolments: QuerySet[Enrolment], by: str, *, outside: bool) -> FigureTable:
    """Return the figures of a tab; `outside`: small cells are hidden, with their kin."""
    measures = _OF_MONTH if by == MONTH else tuple(MEASURES)
    return FigureTable(by, groups_by(enrolments, by, outside=outside), measures)


@dataclass(frozen=True)
class TotalsOutside:
    """Totals as they may leave an institution; None is hidden."""

    participations: int | None
    persons: int | None
    completions: int | None
    persons_completed: int | None


def totals_outside(totals: Totals) -> TotalsOutside:
    """Return the totals without what would tell of fewer than five people."""
    [shown] = for_outside([Figures(key="", hours=None, **vars(totals))])
    return TotalsOutside(**{name: getattr(shown, name) for name in vars(totals)})
