"""What the page of a running paper shows."""

from collections.abc import Mapping
from typing import Any

from assessments.asking import Asked
from assessments.drafts import Answers
from assessments.models import Confidence, Feedback
from assessments.overview import Overview
from assessments.sitting import Sitting


def paper_page(
    sitting: Sitting, *, others: Answers | None = None, asked_for: Mapping[str, str] = {}
) -> dict[str, Any]:
    """Return what the page of an attempt shows; `others` were sent and are not saved.

    Where one question comes after the other it shows that one alone, or the one that was
    `checked` just now; `open` says that somebody wanted to go on without an answer.
    """
    questions = sitting.paper(others)
    count = len(questions)
    if sitting.attempt.is_sequential:
        questions = _turn(sitting, questions, asked_for.get("checked", ""))
    return {
        "count": count,
        "is_last": not questions or questions[-1].number == count,
        "is_left_open": any(str(q.key) == asked_for.get("open") for q in questions),
        "confidences": Confidence.choices,
        "quiz": sitting.quiz,
        "course": sitting.course,
        "attempt": sitting.attempt,
        "ways": sitting.ways,
        "questions": questions,
        "overview": Overview(questions),
    }


def _turn(sitting: Sitting, paper: list[Asked], checked: str) -> list[Asked]:
    """Return the question whose turn it is, as a list of one; of none at the end."""
    is_immediate = sitting.attempt.feedback == Feedback.IMMEDIATE
    for asked in paper:
        if asked.reviewed and str(asked.key) == checked and is_immediate:
            return [asked]
    now = sitting.open_now()
    return [asked for asked in paper if asked.key in now]
