"""The urn: answers go in one by one, and come out five at a time, shuffled, under one week.

So each course, profession and week has no answer or at least five, whatever is asked of them
later. Those of a profession that does not become five wait for eight weeks, and are then taken
out with those of other professions, without saying which.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessments.item_statistics.measures import FEWEST
from assessments.models import SurveyAnswer, SurveyUrn
from assessments.surveys.sealing import seal, unseal

PATIENCE = timedelta(weeks=8)
Answers = Mapping[str, Sequence[str]]
BY_CHANCE = random.SystemRandom()


@dataclass(frozen=True)
class Place:
    """Which urn: all that is ever kept of whose answer it was."""

    kind: str
    version: int
    course: UUID
    profession: str


@dataclass
class _Opened:
    """An urn while it is open, and the week of what waits longest in it."""

    row: SurveyUrn
    slips: list[Any] = field(default_factory=list)
    since: date | None = None

    def empty(self) -> None:
        self.slips, self.since = [], None


def week_of(day: date) -> date:
    """Return the Monday of a week."""
    return day - timedelta(days=day.weekday())


@transaction.atomic
def drop(
    answers: Answers | None, *, into: Place, at: datetime, chance: random.Random = BY_CHANCE
) -> None:
    """Put an answer into its urn and take out what may come out.

    Without an answer, when somebody declines, the same is done with nothing: all urns of the
    course are sealed anew, and nobody who looks at them knows which of the two it was.
    """
    week = week_of(timezone.localdate(at))
    urns = _open(into)
    if answers is not None:
        own = next(urn for urn in urns if _is(urn.row, into))
        own.slips.append(dict(answers))
        own.since = own.since or week
    for urn in urns:
        if len(urn.slips) >= FEWEST:
            _take_out([urn], urn.row.profession_key, week, chance)
    for urns_of_version in _impatient(urns, week):
        _take_out(urns_of_version, "", week, chance)
    _close(urns, chance)


def _open(place: Place) -> list[_Opened]:
    """Lock and open every urn of the survey in the course; make the one that is missing."""
    SurveyUrn.objects.get_or_create(
        kind=place.kind,
        version=place.version,
        course_key=place.course,
        profession_key=place.profession,
    )
    rows = SurveyUrn.objects.select_for_update().filter(kind=place.kind, course_key=place.course)
    return [_opened(row) for row in rows.order_by("version", "pk")]


def _opened(row: SurveyUrn) -> _Opened:
    inside = unseal(row.sealed)
    if not inside or not inside["slips"]:
        return _Opened(row)
    return _Opened(row, inside["slips"], date.fromisoformat(inside["since"]))


def _is(row: SurveyUrn, place: Place) -> bool:
    return (row.version, row.profession_key) == (place.version, place.profession)


def _impatient(urns: Sequence[_Opened], week: date) -> Iterator[list[_Opened]]:
    """Yield the urns of each version that have waited long, and hold five together."""
    waited = [urn for urn in urns if urn.since and week - urn.since >= PATIENCE]
    for _version, group in groupby(waited, key=lambda urn: urn.row.version):
        together = list(group)
        if sum(len(urn.slips) for urn in together) >= FEWEST:
            yield together


def _take_out(
    urns: Collection[_Opened], profession: str, week: date, chance: random.Random
) -> None:
    """Write answers as rows of nobody, in an order that means nothing."""
    slips = [(urn.row, slip) for urn in urns for slip in urn.slips]
    chance.shuffle(slips)
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            kind=row.kind,
            version=row.version,
            course_key=row.course_key,
            profession_key=profession,
            week=week,
            answers=slip,
        )
        for row, slip in slips
    )
    for urn in urns:
        urn.empty()


def _close(urns: Sequence[_Opened], chance: random.Random) -> None:
    for urn in urns:
        chance.shuffle(urn.slips)
        inside = {"since": urn.since.isoformat() if urn.since else "", "slips": urn.slips}
        urn.row.sealed = seal(inside)
    SurveyUrn.objects.bulk_update([urn.row for urn in urns], ["sealed"])
