"""From which questions a quiz draws: those of the bank that fit what a draw asks for."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from assessments.models.question import Question

SOURCE = "en"  # the language in which questions are drawn and scored


def in_source_language() -> QuerySet[Question]:
    """Published questions as they are drawn; translations only give words."""
    return Question.objects.filter(live=True, locale__language_code=SOURCE)


def fitting(value: Mapping[str, Any]) -> QuerySet[Question]:
    """Return the published questions that fit a draw, each once, in the order of their names."""
    questions = in_source_language()
    if tags := tags_of(value):
        questions = questions.filter(tags__name__in=tags)
    if difficulty := value.get("difficulty"):
        questions = questions.filter(difficulty=int(difficulty))
    if objective := objective_of(value):
        questions = questions.filter(objective_id=objective)
    return questions.order_by("slug").distinct()


def fits(
    value: Mapping[str, Any], *, tags: Collection[str], difficulty: int, objective: str | None
) -> bool:
    """Say the same of one question that need not be in the bank."""
    wanted, level, about = tags_of(value), value.get("difficulty"), objective_of(value)
    return (
        (not wanted or bool(wanted & set(tags)))
        and (not level or int(level) == difficulty)
        and (not about or about == objective)
    )


def tags_of(value: Mapping[str, Any]) -> set[str]:
    """Return the tags of a draw, any of which will do; none for any question."""
    return set(str(value.get("tags") or "").split())


def objective_of(value: Mapping[str, Any]) -> str:
    """Return the key of the objective that a draw asks for, or nothing."""
    return str(value.get("objective") or "").strip()
