"""Whom the training has reached: persons and participations, by group."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from courses.models import Enrolment
from people.models import Profession
from reports.aggregates import Figures, figures_by, figures_of_all, for_outside
from reports.small_cells import is_small

NOTHING = Figures("", None, None, None, None, None)


@dataclass(frozen=True)
class Reach:
    """Figures that may leave an institution. Months are those of completion."""

    all: Figures
    professions: list[Figures]
    tracks: list[Figures]
    regions: list[Figures]
    months: list[Figures]


def reach_of(enrolments: QuerySet[Enrolment]) -> Reach:
    """Return who was reached. Seven queries."""
    professions = for_outside(figures_by(enrolments, "profession"))
    track_of = dict(Profession.objects.values_list("key", "track"))
    return Reach(
        all=_whole(figures_of_all(enrolments)),
        professions=professions,
        tracks=_tracks(figures_by(enrolments, "track"), professions, track_of),
        regions=for_outside(figures_by(enrolments, "region")),
        months=for_outside(figures_by(enrolments, "month")),
    )


def _whole(found: Figures) -> Figures:
    if is_small(found.persons or 0):
        return NOTHING
    others = (found.persons or 0) - (found.persons_completed or 0)
    if is_small(found.persons_completed or 0) or is_small(others):
        return replace(found, persons_completed=None, completions=None, hours=None)
    return found


def _tracks(
    found: list[Figures], professions: list[Figures], track_of: Mapping[str, str]
) -> list[Figures]:
    """Return the tracks, where they say no more than their professions do.

    A track is the sum of its professions, so it is shown where all of these are.
    """
    kin: dict[str, list[Figures]] = {}
    for one in professions:
        kin.setdefault(track_of.get(one.key, ""), []).append(one)
    return [_track(track, kin.get(track.key, [])) for track in found]


def _track(track: Figures, professions: list[Figures]) -> Figures:
    if any(one.persons is None for one in professions):
        return replace(NOTHING, key=track.key)
    if any(one.persons_completed is None for one in professions):
        return replace(track, persons_completed=None, completions=None, hours=None)
    return track
