"""What learners write in their own words: kept beside the log, which cites it by key and hash."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from assessments.models import Attempt, Response, Writing


def keep_writing(
    *, attempt: Attempt, question_key: UUID, answer: list[str], at: datetime
) -> dict[str, str]:
    """Keep an answer; return the facts by which its statement cites it."""
    # An attempt answers a question once: what is kept again is the same.
    key = uuid5(attempt.registration, f"{attempt.quiz_key} {attempt.number} {question_key}")
    digest = sha256(json.dumps(answer, ensure_ascii=False).encode()).hexdigest()
    kept = {"answer": answer, "sha256": digest, "written_at": at}
    Writing.objects.get_or_create(key=key, defaults={"registration": attempt.registration, **kept})
    return {"writing": str(key), "writing-sha256": digest}


def answers_of(responses: Iterable[Response]) -> dict[UUID, list[str]]:
    """Return the answers of one attempt, by question; of erased words, nothing is left."""
    responses = list(responses)
    given = zip(responses, given_in(responses), strict=True)
    return {one.question_key: answer or [] for one, answer in given}


def given_in(responses: Sequence[Response]) -> list[list[str] | None]:
    """Return each answer as a form sent it; None where its words were erased."""
    keys = [response.writing for response in responses if response.writing]
    written: dict[UUID, list[str]] = (
        dict(Writing.objects.filter(key__in=keys).values_list("key", "answer")) if keys else {}
    )
    return [written.get(one.writing) if one.writing else one.answer for one in responses]
