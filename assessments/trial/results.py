"""The result of a trial, by the functions that show a learner's."""

from assessments.answering import Answer
from assessments.attempts import Standing
from assessments.models import Response
from assessments.results import Result, result_with
from assessments.reviewing import Review, review_of
from assessments.trial.sitting import TrialSitting


def standing_of(sitting: TrialSitting) -> Standing:
    """Return where a learner would stand after this one attempt."""
    left = max(0, sitting.tried.rules.attempts_allowed - 1)
    return Standing(attempts=[sitting.attempt], left=left, opens_at=None)


def reviews_of(sitting: TrialSitting) -> tuple[Review, Review]:
    """Return what a learner would be shown now, and in the end.

    That is once no attempt is left or, for a test before, after the test after.
    """
    quiz = sitting.tried.rules
    over = Standing(attempts=[sitting.attempt], left=0, opens_at=None)
    now = review_of(quiz, standing_of(sitting), after=False)
    return now, review_of(quiz, over, after=True)


def result_of_trial(sitting: TrialSitting, review: Review) -> Result:
    """Return the result as it would be, with what a review shows."""
    answers = sitting.answers()
    responses = [_response(sitting, answer) for answer in answers]
    given = {
        one.question_key: _given(answer, one)
        for answer, one in zip(answers, responses, strict=True)
    }
    return result_with(sitting.attempt, responses, given, review)


def _given(answer: Answer, response: Response) -> list[str]:
    """Return an answer as it comes out of the log, or from beside it."""
    kind = answer.question.of_kind
    is_kept_beside = kind.is_written and kind.is_answered(answer.given)
    return answer.given if is_kept_beside else response.answer


def _response(sitting: TrialSitting, answer: Answer) -> Response:
    """Return the row that the statement of an answer would become; it is never saved."""
    drawn = sitting.attempt.drawn_question(answer.question.key) or {}
    return Response(
        question_key=answer.question.key,
        response=answer.scored.choices,
        success=answer.scored.success,
        scaled=answer.scored.scaled,
        confidence=answer.confidence if answer.question.of_kind.is_scored else None,
        graders=1 if answer.is_to_grade else 0,
        revision=drawn.get("revision"),
    )
