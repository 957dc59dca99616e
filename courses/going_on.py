"""Where a learner goes on: what was begun last, past what is shut for the moment."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from courses.cohorts import used_up
from courses.models import Enrolment
from courses.outline import Outline, OutlineActivity


def ways_on(
    courses: Iterable[tuple[Enrolment, Outline]], *, at: datetime
) -> dict[UUID, OutlineActivity | None]:
    """Return the activity to go on with, by registration; None where all is done.

    An activity whose attempts are used up is passed over while something else can be done. That
    is asked only of those who stand before something they were judged in already.
    """
    pairs = list(courses)
    ways = {enrolment.registration: outline.next_activity() for enrolment, outline in pairs}
    judged = [e for e, _ in pairs if (way := ways[e.registration]) and way.best_scaled is not None]
    shut = used_up(judged, at) if judged else {}
    for enrolment, outline in pairs:
        past = shut.get(enrolment.registration)
        if past:
            way = outline.next_activity(past=past)
            ways[enrolment.registration] = way or ways[enrolment.registration]
    return ways
