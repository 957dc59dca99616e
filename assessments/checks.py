"""Answers that a learner has had checked before the paper is submitted: they stay as they are."""

from uuid import UUID

from assessments.models import Attempt, Feedback, Response


def checked_of(attempt: Attempt) -> dict[UUID, Response]:
    """Return the checked answers of a running attempt, by question.

    Asks the database only where answers can be checked.
    """
    if attempt.feedback != Feedback.IMMEDIATE:
        return {}
    found = Response.objects.filter(
        registration=attempt.registration, quiz_key=attempt.quiz_key, number=attempt.number
    )
    return {response.question_key: response for response in found}
