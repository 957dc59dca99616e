"""Questions that a learner wants to look at again: kept beside the draft, never in the log."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from assessments.drafts import drafts_of, note_beside
from assessments.errors import UnknownChoice
from assessments.models import Attempt


def flag(*, attempt: Attempt, question_key: UUID, flagged: bool, at: datetime) -> None:
    """Flag a question of a running attempt, or take the flag away.

    Raises UnknownChoice for a question of another attempt, AttemptClosed as `save_choice`.
    """
    if attempt.drawn_question(question_key) is None:
        raise UnknownChoice
    note_beside(attempt=attempt, question_key=question_key, at=at, flagged=flagged)


def keep_flags(*, attempt: Attempt, flagged: Collection[UUID], at: datetime) -> None:
    """Flag these questions and no others: what a whole form says. Raises AttemptClosed."""
    drafts = drafts_of(attempt)
    for key in attempt.question_keys:
        was_flagged = key in drafts and drafts[key].flagged
        if was_flagged != (key in flagged):
            flag(attempt=attempt, question_key=key, flagged=not was_flagged, at=at)
