"""Answers that stand in the log before the paper is submitted: they stay as they are.

They were checked, or left behind where one question comes after the other.
"""

from collections.abc import Collection
from uuid import UUID

from assessments.errors import NotYetOpen
from assessments.models import Attempt, Feedback, Response


def recorded_of(attempt: Attempt) -> dict[UUID, Response]:
    """Return the recorded answers of a running attempt, by question.

    Asks the database only where there can be some.
    """
    if attempt.feedback != Feedback.IMMEDIATE and not attempt.is_sequential:
        return {}
    found = Response.objects.filter(
        registration=attempt.registration, quiz_key=attempt.quiz_key, number=attempt.number
    )
    return {response.question_key: response for response in found}


def open_questions(attempt: Attempt) -> list[UUID]:
    """Return the questions of a running attempt that can be answered now, in their order."""
    return open_among(attempt, recorded_of(attempt))


def recorded_unless_later(attempt: Attempt, question_key: UUID) -> Response | None:
    """Return the recorded answer to a question; None if it can be answered now.

    Raises NotYetOpen for a question that comes later.
    """
    recorded = recorded_of(attempt)
    if question_key not in recorded and question_key not in open_among(attempt, recorded):
        raise NotYetOpen
    return recorded.get(question_key)


def open_among(attempt: Attempt, recorded: Collection[UUID]) -> list[UUID]:
    """Return the same where these are recorded."""
    left = [key for key in attempt.question_keys if key not in recorded]
    return left[:1] if attempt.is_sequential else left
