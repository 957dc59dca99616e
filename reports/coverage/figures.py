"""How many of the obliged have done it: all together, by institution and by profession."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reports.coverage.standing import (
    COMPLETED,
    ENROLLED,
    EXPIRED,
    NOT_FOUND,
    NOWHERE,
    STARTED,
    Label,
    Standing,
)
from reports.small_cells import hidden, is_small
from serbian import sort_key

# The figures of a group, in the order of the table.
COLUMNS = {
    "obliged": _("Obliged"),
    "matched": _("With an account"),
    "enrolled": pgettext_lazy("how many", "Enrolled"),
    "started": pgettext_lazy("how many", "Started"),
    "completed": pgettext_lazy("how many", "Completed"),
    "valid": _("Certificate valid today"),
}


@dataclass(frozen=True)
class Figures:
    """A group. Each figure includes the next; None: about so few that it is hidden."""

    label: Label
    obliged: int | None = 0
    matched: int | None = 0
    enrolled: int | None = 0
    started: int | None = 0
    completed: int | None = 0
    valid: int | None = 0
    late: int | None = 0

    @property
    def percent(self) -> int | None:
        """Completed of the obliged, in per cent; never 100 while somebody is missing."""
        if self.obliged is None or self.completed is None:
            return None
        return self.completed * 100 // self.obliged if self.obliged else 0

    @property
    def values(self) -> list[int | None]:
        return [getattr(self, name) for name in COLUMNS]


def figures_of(found: Iterable[Standing], label: Label = NOWHERE) -> Figures:
    """Count."""
    people = list(found)
    done = (EXPIRED, COMPLETED)
    return Figures(
        label,
        obliged=len(people),
        matched=sum(one.state != NOT_FOUND for one in people),
        enrolled=sum(one.state in (ENROLLED, STARTED, *done) for one in people),
        started=sum(one.state in (STARTED, *done) for one in people),
        completed=sum(one.state == COMPLETED for one in people),
        valid=sum(one.course.is_valid and one.state == COMPLETED for one in people),
        late=sum(one.is_late for one in people),
    )


def figures_by(found: Iterable[Standing], grouping: str) -> list[Figures]:
    """Return the figures by `institution` or `profession`, by the alphabet of the reader."""
    groups: dict[str, list[Standing]] = {}
    labels: dict[str, Label] = {}
    for one in found:
        label: Label = getattr(one, grouping)
        labels[label.key] = label
        groups.setdefault(label.key, []).append(one)
    language = get_language()
    keys = sorted(groups, key=lambda key: sort_key(labels[key].text, language))
    return [figures_of(groups[key], labels[key]) for key in keys]


def for_outside(groups: list[Figures]) -> list[Figures]:
    """Return the figures as they may leave an institution: small cells hidden, with their kin.

    A group of fewer than five obliged has no figures at all; of the others a figure is hidden where
    it, or the step to it from the one before, is about fewer than five.
    """
    few = hidden([one.obliged or 0 for one in groups])
    kept = [_nothing_of(one) if place in few else one for place, one in enumerate(groups)]
    for name in list(COLUMNS)[1:]:
        away = hidden([_telling(one, name) for one in kept])
        kept = [_without(one, name) if at in away else one for at, one in enumerate(kept)]
    return [replace(one, late=None) for one in kept]


def _telling(one: Figures, name: str) -> int:
    """Return what tells whether a figure is about few: it, or those who came no further."""
    count: int | None = getattr(one, name)
    if one.obliged is None or count is None:
        return 0
    before = one.values[: list(COLUMNS).index(name)]
    step = [value for value in before if value is not None][-1] - count
    return step if is_small(step) else count


def _without(one: Figures, name: str) -> Figures:
    nothing: dict[str, Any] = {name: None}
    return replace(one, **nothing)


def _nothing_of(one: Figures) -> Figures:
    return Figures(one.label, *[None] * 7)
