"""How sure learners say they are of an answer: kept beside the draft until it is recorded."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from assessments.drafts import drafts_of, note_beside, require_open
from assessments.errors import UnknownChoice
from assessments.models import Attempt, Confidence
from assessments.recorded import open_questions


def say_how_sure(*, attempt: Attempt, question_key: UUID, confidence: str, at: datetime) -> None:
    """Keep how sure somebody is of the answer to an open question.

    Raises AttemptClosed as `save_choice`; UnknownChoice for what is no step of the scale, for a
    question that is not open, and where the quiz does not ask.
    """
    require_open(attempt, at)
    is_asked = attempt.asks_confidence and question_key in open_questions(attempt)
    if not is_asked or confidence not in map(str, Confidence.values):
        raise UnknownChoice
    note_beside(attempt=attempt, question_key=question_key, at=at, confidence=int(confidence))


def keep_confidence(*, attempt: Attempt, said: Mapping[UUID, str], at: datetime) -> None:
    """Keep what a whole form says of the open questions; what is no step is passed over.

    Raises AttemptClosed.
    """
    if not attempt.asks_confidence:
        return
    require_open(attempt, at)
    drafts, steps = drafts_of(attempt), {str(step): step for step in Confidence.values}
    for key in open_questions(attempt):
        step = steps.get(said.get(key, ""))
        if step and (key not in drafts or drafts[key].confidence != step):
            note_beside(attempt=attempt, question_key=key, at=at, confidence=step)
