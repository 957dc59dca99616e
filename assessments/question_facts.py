"""How questions fare in practice: facts of the responses, counted, never kept."""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Locale

from assessments.models import Attempt, Question, Response

ENOUGH = 20  # answers before a rate means anything
TOO_HARD, TOO_EASY = 30, 95  # per cent of right answers
_CACHE_KEY = "questions-in-need"
_TEN_MINUTES = 600


@dataclass(frozen=True)
class QuestionFact:
    """How often a question was answered, and how often rightly."""

    key: UUID
    answered: int
    right: int

    @property
    def percent(self) -> int:
        return self.right * 100 // self.answered

    @property
    def is_hard(self) -> bool:
        return self.right * 100 < TOO_HARD * self.answered


def with_answered(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Add `answered`: how many times each question was answered, in any language."""
    counted = (
        Response.objects.filter(question_key=OuterRef("translation_key"))
        .exclude(response="")
        .order_by()
        .values("question_key")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return questions.annotate(answered=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def in_need_of_a_look() -> list[QuestionFact]:
    """Return what nearly nobody or nearly everybody gets right, the hardest first.

    Questions left open are not counted. The figures are at most ten minutes old.
    """
    facts: list[QuestionFact] | None = cache.get(_CACHE_KEY)
    if facts is None:
        facts = _count()
        cache.set(_CACHE_KEY, facts, _TEN_MINUTES)
    return facts


def _count() -> list[QuestionFact]:
    rows = (
        Response.objects.exclude(response="")
        .exclude(scaled=None)
        .order_by()
        .values("question_key")
        .annotate(answered=Count("pk"), right=Count("pk", filter=Q(success=True)))
        .annotate(hundredfold=F("right") * 100)
        .filter(answered__gte=ENOUGH)
        .filter(
            Q(hundredfold__lt=F("answered") * TOO_HARD)
            | Q(hundredfold__gt=F("answered") * TOO_EASY)
        )
    )
    facts = [QuestionFact(r["question_key"], r["answered"], r["right"]) for r in rows]
    return sorted(facts, key=lambda fact: (fact.right / fact.answered, str(fact.key)))


def questions_by_key(keys: set[UUID]) -> dict[UUID, Question]:
    """Return the questions with these keys, in the source language where there is one."""
    found = Question.objects.filter(translation_key__in=keys).select_related("locale")
    source = Locale.get_default().pk
    by_key: dict[UUID, Question] = {}
    for question in sorted(found, key=lambda question: question.locale_id != source):
        by_key.setdefault(question.key, question)
    return by_key


def was_ever_drawn(key: UUID) -> bool:
    """Return whether any attempt holds the question: its revisions must then stay."""
    attempts = Attempt.objects.annotate(text=Cast("drawn", TextField()))
    return attempts.filter(text__contains=str(key)).exists()
