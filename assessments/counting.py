"""Which of several attempts counts as the result. Passing does not depend on it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from assessments.models import Attempt, Counting, QuizPage
from assessments.models.pools import SOURCE
from cms.published import kept


def counted_attempt(attempts: Sequence[Attempt]) -> Attempt | None:
    """Return the attempt whose score counts, of those of one enrolment in order; None for none.

    The rule is the one that stands in the log with the newest attempt.
    """
    judged = [attempt for attempt in attempts if attempt.scaled is not None]
    if not judged:
        return None
    rule = judged[-1].counting
    if rule == Counting.HIGHEST:
        return max(judged, key=lambda attempt: (attempt.scaled or 0.0, attempt.number))
    return judged[0] if rule == Counting.FIRST else judged[-1]


def counted_scores(registration: UUID, keys: Collection[UUID]) -> dict[UUID, float]:
    """Return the scores that count in one enrolment, of those quizzes where it is not the best.

    Asks for attempts only where a quiz has another rule.
    """
    others = kept("quizzes with another counting", _with_another_rule) & set(keys)
    if not others:
        return {}
    attempts: dict[UUID, list[Attempt]] = defaultdict(list)
    where = {"registration": registration, "quiz_key__in": others}
    for attempt in Attempt.objects.filter(**where).order_by("number"):
        attempts[attempt.quiz_key].append(attempt)
    found = {key: counted_attempt(tried) for key, tried in attempts.items()}
    return {key: one.scaled for key, one in found.items() if one and one.scaled is not None}


def _with_another_rule() -> frozenset[UUID]:
    pages = QuizPage.objects.exclude(counting=Counting.HIGHEST)
    return frozenset(
        pages.filter(locale__language_code=SOURCE).values_list("translation_key", flat=True)
    )
