"""Which answers count: of each learner the first one that was handed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from assessments.models import Attempt, Question, Response
from assessments.regrading.keys import keys_of
from courses.models import Enrolment

_Row = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """An answer, its score, and the score in the rest of its attempt (None if there is none)."""

    answer: frozenset[str]
    scaled: float | None
    rest: float | None
    seconds: float | None
    confidence: int | None = None


@dataclass(frozen=True)
class Answers:
    """`given` to the key of today; `earlier` is how many learners answered to an earlier one."""

    given: list[Given]
    earlier: int


def answers_to(question: Question) -> Answers:
    """Return the first answers to a question, in any quiz. Three queries."""
    rows = list(_first_answers(question.key))
    numbers = {row["revision"] for row in rows if row["revision"]} | {question.live_revision_id}
    keys = keys_of(number for number in numbers if number)
    today = keys.get(question.live_revision_id or 0)
    counted = [row for row in rows if keys.get(row["revision"], today) == today]
    return Answers([_given(row) for row in counted], len(rows) - len(counted))


def _first_answers(key: UUID) -> Iterable[_Row]:
    attempt = Attempt.objects.filter(
        registration=OuterRef("registration"),
        quiz_key=OuterRef("quiz_key"),
        number=OuterRef("number"),
    )
    learner = Enrolment.objects.filter(registration=OuterRef("registration"))
    rows = (
        Response.objects.filter(question_key=key, answered_at__isnull=False)
        .annotate(
            raw=Subquery(attempt.values("raw")),
            maximum=Subquery(attempt.values("maximum")),
            actor=Subquery(learner.values("actor")),
        )
        .order_by(F("answered_at"), "number", "pk")
        .values(
            "actor", "response", "scaled", "seconds", "confidence", "revision", "raw", "maximum"
        )
    )
    first: dict[Any, _Row] = {}
    for row in rows:
        first.setdefault(row["actor"], dict(row))
    return first.values()


def _given(row: _Row) -> Given:
    answer = Response(response=row["response"]).answer
    return Given(
        answer=frozenset(answer),
        scaled=_number(row["scaled"]),
        rest=_rest(_number(row["raw"]), _number(row["maximum"]), _number(row["scaled"])),
        seconds=_number(row["seconds"]),
        confidence=row["confidence"],
    )


def _rest(raw: float | None, maximum: float | None, scaled: float | None) -> float | None:
    if raw is None or maximum is None or scaled is None or maximum <= 1:
        return None
    return (raw - scaled) / (maximum - 1)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
