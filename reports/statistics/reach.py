"""Whom the training has reached: persons and participations, by group."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from courses.models import Enrolment
from people.models import Profession
from reports.aggregates import Figures, figures_by, figures_of_all, for_outside
from reports.beside import beside, uncompleted, without_hours

NOTHING = Figures("", None, None, None, None, None)


@dataclass(frozen=True)
class Reach:
    """Figures that may leave an institution. Months are those of completion."""

    all: Figures
    professions: list[Figures]
    tracks: list[Figures]
    regions: list[Figures]
    months: list[Figures]

    def without_hours(self) -> "Reach":
        """Return the same without hours."""
        return Reach(
            without_hours(self.all),
            *(
                [without_hours(one) for one in found]
                for found in (self.professions, self.tracks, self.regions, self.months)
            ),
        )


def reach_of(enrolments: QuerySet[Enrolment]) -> Reach:
    """Return who was reached. Eight queries; courses are counted for what they would tell."""
    tables = [figures_by(enrolments, one) for one in ("profession", "region", "month", "course")]
    whole, [professions, regions, months, _courses] = beside(figures_of_all(enrolments), tables)
    track_of = dict(Profession.objects.values_list("key", "track"))
    found = figures_by(enrolments, "track")
    tracks = _tracks(found, professions, track_of, whole)
    reach = Reach(whole, professions, tracks, regions, months)
    return reach if whole.hours is not None else reach.without_hours()


def _tracks(
    found: list[Figures],
    professions: list[Figures],
    track_of: Mapping[str, str],
    whole: Figures,
) -> list[Figures]:
    """Return the tracks, where they say no more than the professions and the whole do.

    A track is the sum of its professions. It is shown where all of these are; and where all that
    are hidden are its own, as it is the whole less the others then.
    """
    few = {track_of.get(one.key, "") for one in professions if one.persons is None}
    secret = {track_of.get(one.key, "") for one in professions if one.persons_completed is None}
    shown = []
    for track in found:
        if not _is_told(track, few, whole.persons):
            shown.append(replace(NOTHING, key=track.key))
        elif not _is_told(track, secret, whole.persons_completed):
            shown.append(uncompleted(track))
        else:
            shown.extend(for_outside([track]))
    return shown


def _is_told(track: Figures, hiding: set[str], whole: int | None) -> bool:
    return track.key not in hiding or (hiding == {track.key} and whole is not None)
