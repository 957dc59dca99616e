"""Where the answers of a trial are kept: in the session of whoever tries, the last few trials."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Revision

from assessments.models import DraftAnswer
from assessments.trial.sitting import TrialSitting, Wanted, attempt_from
from assessments.trial.tried import tried_quiz
from courses.outline import course_of
from people.signed_in import signed_in

_NAME = "trials"
_MOST = 3


def keep_trial(request: HttpRequest, sitting: TrialSitting) -> None:
    """Keep a trial as it is now; the oldest goes where there are too many."""
    others: dict[str, Any] = request.session.get(_NAME, {})
    others.pop(str(sitting.key), None)
    newest = list(others.items())[-(_MOST - 1) :]
    request.session[_NAME] = dict(newest) | {str(sitting.key): _written(sitting)}


def trial_in(request: HttpRequest, quiz: UUID, key: UUID) -> TrialSitting | None:
    """Return the visitor's trial; None if it is over. Raises Http404 for whoever may not."""
    row = request.session.get(_NAME, {}).get(str(key))
    if row is None or row["quiz"] != str(quiz):
        return None
    facts, begun = row["facts"], datetime.fromisoformat(row["begun"])
    if not _are_there(facts["questions"]):
        return None
    tried = tried_quiz(key=quiz, user=signed_in(request), version=row["version"])
    sitting = TrialSitting(
        key=key,
        tried=tried,
        course=course_of(tried.words),
        wanted=Wanted(**row["wanted"]),
        facts=facts,
        attempt=attempt_from(key=key, quiz=quiz, facts=facts, begun=begun),
        notes={UUID(name): _note(name, values) for name, values in row["notes"].items()},
        recorded=[UUID(name) for name in row["recorded"]],
    )
    if row["finished"]:
        sitting.attempt.finished_at = datetime.fromisoformat(row["finished"])
        sitting.judge()
    return sitting


def _are_there(drawn: list[dict[str, Any]]) -> bool:
    """Say whether the questions still exist: no learner was given them, they may be deleted."""
    numbers = {question["revision"] for question in drawn}
    numbers |= {number for question in drawn for number in question["words"].values()}
    return Revision.objects.filter(pk__in=numbers).count() == len(numbers)


def _written(sitting: TrialSitting) -> dict[str, Any]:
    attempt = sitting.attempt
    return {
        "quiz": str(attempt.quiz_key),
        "version": sitting.tried.version,
        "wanted": asdict(sitting.wanted),
        "facts": sitting.facts,
        "begun": attempt.started_at.isoformat() if attempt.started_at else "",
        "finished": attempt.finished_at.isoformat() if attempt.finished_at else "",
        "recorded": [str(key) for key in sitting.recorded],
        "notes": {
            str(key): {
                "choices": note.choices,
                "version": note.version,
                "flagged": note.flagged,
                "confidence": note.confidence,
                "saved_at": note.saved_at.isoformat(),
            }
            for key, note in sitting.notes.items()
        },
    }


def _note(key: str, values: dict[str, Any]) -> DraftAnswer:
    saved_at = datetime.fromisoformat(values["saved_at"])
    return DraftAnswer(question_key=UUID(key), **values | {"saved_at": saved_at})
