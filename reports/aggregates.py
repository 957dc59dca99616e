"""Figures by group: persons and participations side by side, counted by the database."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear

from courses.models import Enrolment
from courses.models.belonging import institution_then, profession_then
from people.institutions import regions_of_institutions
from people.models import Profession
from reports.mandated import at_any
from reports.small_cells import hidden, is_small


def _track_of(field: str) -> Subquery:
    return Subquery(Profession.objects.filter(key=OuterRef(field)).values("track")[:1])


TRACK = Case(
    When(completed_profession_key="", then=_track_of("profession_key")),
    default=_track_of("completed_profession_key"),
)
# By what participations are put in groups, as the database says it.
GROUPINGS: Mapping[str, Any] = {
    "profession": profession_then(),
    "track": TRACK,
    "institution": institution_then(),
    "course": F("course_key"),
    "cohort": F("cohort_key"),
}


@dataclass(frozen=True)
class Figures:
    """A group. None in place of a figure: it is about so few people that it is hidden."""

    key: str
    persons: int | None
    participations: int | None
    persons_completed: int | None
    completions: int | None
    hours: float | None


def figures_by(enrolments: QuerySet[Enrolment], grouping: str) -> list[Figures]:
    """Return the figures of each group, by a key of GROUPINGS, by `region`, or by `month`.

    One query, and one more for regions; the key of what has none is empty. Months are those of
    completion in Belgrade, as "2026-03", and hold completions only.
    """
    if grouping == "month":
        return _by_month(enrolments)
    by = _region() if grouping == "region" else GROUPINGS[grouping]
    counted = (
        enrolments.order_by()
        .annotate(group=by)
        .values("group")
        .annotate(**_COUNTS)
        .order_by("group")
    )
    return [_figures(str(row["group"] or ""), row) for row in counted]


def figures_of_all(enrolments: QuerySet[Enrolment]) -> Figures:
    """Return the figures of everybody together. One query."""
    return _figures("", enrolments.order_by().aggregate(**_COUNTS))


def for_outside(found: list[Figures]) -> list[Figures]:
    """Return the figures as they may leave an institution: small cells hidden, with their kin.

    A group of fewer than five persons has no figures at all; of the others those who completed
    are hidden, with their hours, where they are fewer than five or all but fewer than five.
    """
    persons = hidden([one.persons or 0 for one in found])
    kept = [_nothing_of(one) if place in persons else one for place, one in enumerate(found)]
    completed = hidden([_telling(one) for one in kept])
    return [_uncompleted(one) if place in completed else one for place, one in enumerate(kept)]


_COUNTS = {
    "participations": Count("pk"),
    "persons": Count("actor", distinct=True),
    "completions": Count("completed_at"),
    "persons_completed": Count("actor", distinct=True, filter=Q(completed_at__isnull=False)),
    "minutes": Coalesce(Sum("minutes"), Value(0)),
}


def _region() -> Case:
    """Return the region of the institution, as the tree has it today."""
    by_region: dict[str, list[UUID]] = {}
    for institution, region in regions_of_institutions().items():
        by_region.setdefault(region, []).append(institution)
    cases = [When(at_any(keys), then=Value(region)) for region, keys in sorted(by_region.items())]
    return Case(*cases, default=Value(""))


def _by_month(enrolments: QuerySet[Enrolment]) -> list[Figures]:
    counted = (
        enrolments.filter(completed_at__isnull=False)
        .order_by()
        .annotate(year=ExtractYear("completed_at"), month=ExtractMonth("completed_at"))
        .values("year", "month")
        .annotate(**_COUNTS)
        .order_by("year", "month")
    )
    return [_figures(f"{row['year']}-{row['month']:02d}", row) for row in counted]


def _figures(key: str, row: Mapping[str, Any]) -> Figures:
    counts = {name: row[name] for name in _COUNTS if name != "minutes"}
    return Figures(key=key, hours=round(row["minutes"] / 60, 2), **counts)


def _telling(one: Figures) -> int:
    """Return what tells whether those who completed are few: they, or those who did not."""
    if one.persons is None or one.persons_completed is None:
        return 0
    others = one.persons - one.persons_completed
    return others if is_small(others) else one.persons_completed


def _nothing_of(one: Figures) -> Figures:
    return Figures(one.key, None, None, None, None, None)


def _uncompleted(one: Figures) -> Figures:
    return replace(one, persons_completed=None, completions=None, hours=None)
