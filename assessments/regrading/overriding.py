"""A person gives an answer another score than the key or the graders gave, and says why."""

from datetime import datetime
from uuid import UUID

from assessments.errors import OwnAnswer, ReasonMissing
from assessments.kinds import Scored
from assessments.models import Remark, Response
from assessments.regrading.recording import Cause, NewScore, answered_in_log, rescore
from courses.models import Enrolment


def override(*, response: Response, scaled: float, reason: str, by: UUID, at: datetime) -> None:
    """Give an answer the score `scaled`, 0 to 1, whatever its key says.

    Raises ReasonMissing, OwnAnswer, and ValueError for a score that is none.
    """
    if not reason.strip():
        raise ReasonMissing
    if not 0 <= scaled <= 1:
        raise ValueError("a score lies between 0 and 1")
    enrolment = Enrolment.objects.get(registration=response.registration)
    if enrolment.actor == by:
        raise OwnAnswer
    remark = Remark.objects.create(
        registration=response.registration, text=reason.strip(), written_at=at
    )
    score = NewScore(response, _with(response, scaled), response.revision, overridden=True)
    rescore(enrolment=enrolment, scores=[score], cause=Cause(by, remark, at))


def _with(response: Response, scaled: float) -> Scored:
    """Return what stands in the log of an answer, with another score."""
    said = answered_in_log(response)
    pattern = said.object.definition.correct_responses_pattern
    return Scored(
        scaled=scaled,
        response=said.result.response or "",
        correct=tuple(pattern or ()),
        choices=response.response,
    )
